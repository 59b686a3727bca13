import SkillRetrieval
import TaskDecomposition
import Testing

@Suite("Requests as people type them")
struct EverydayRequestTests {
    private func check(_ example: StepCase) async throws {
        let decomposition = try await LocalDecomposer().decompose(example.request)
        #expect(decomposition.subtasks.map(\.text) == example.steps)
        for subtask in decomposition.subtasks {
            let span = try #require(subtask.span)
            #expect(!span.isEmpty && span.upperBound <= example.request.utf8.count)
            #expect((0...1).contains(subtask.confidence))
        }
    }

    @Test(
        "how a letter ends asks for nothing",
        arguments: [
            StepCase("Could you possibly find me a flat? Best regards, Anna", "find me a flat"),
            StepCase(
                "Find me a flat and book a viewing.\n\nKind regards\nAnna Lee",
                "Find me a flat",
                "book a viewing"
            ),
            StepCase("Translate the letter. Cheers, Tom", "Translate the letter"),
            StepCase(
                "Hi there! Hope you're well. I was wondering whether you could perhaps find me a flat? Best, Tom",
                "find me a flat"
            ),
            StepCase("Write a letter. Best Western is the hotel.", "Write a letter. Best Western is the hotel"),
        ]
    )
    func closings(example: StepCase) async throws { try await check(example) }

    @Test(
        "small pictures stand before a step, or mark items, and are no words",
        arguments: [
            StepCase("🎉 plot sales.csv please", "plot sales.csv"),
            StepCase("✅ fetch the page\n✅ save it", "fetch the page", "save the page"),
            StepCase("✔️ fetch the page\n✔️ print the page", "fetch the page", "print the page"),
            StepCase("🚀🚀🚀", "🚀🚀🚀"),
        ]
    )
    func pictographs(example: StepCase) async throws { try await check(example) }

    @Test(
        "what a sentence complains about is what the next one works on",
        arguments: [
            StepCase("My laptop is slow. Can you speed it up?", "speed my laptop up"),
            StepCase(
                "I have a headache. Also, my CSV file report.csv is broken. Can you fix it?",
                "fix my CSV file report.csv"
            ),
            StepCase(
                "The report is out. Please read it and send it to Tom",
                "read the report",
                "send the report to Tom"
            ),
        ]
    )
    func complaints(example: StepCase) async throws { try await check(example) }

    @Test(
        "scripts without spaces are cut at either comma, before a word for then",
        arguments: [
            StepCase("请下载数据集,然后清洗数据,最后生成图表", "请下载数据集", "然后清洗数据", "最后生成图表"),
            StepCase("请下载数据集，然后清洗数据", "请下载数据集", "然后清洗数据"),
            StepCase("请比较北京、上海、广州的天气", "请比较北京、上海、广州的天气"),
        ]
    )
    func ideographs(example: StepCase) async throws { try await check(example) }
}
