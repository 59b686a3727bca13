import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("Where in the request a step comes from")
struct StepSourcesTests {
    private func spans(_ request: String, _ steps: [(text: String, quote: String)]) async throws -> [String?] {
        let draft = try await LocalDecomposer().decompose(request).subtasks
        let items = steps.map { RevisedSteps.Item(text: $0.text, quote: $0.quote) }
        let located = StepSources(request: request, draft: draft).locate(items)
        let subtasks = located.enumerated().map { Subtask(id: "s\($0)", text: $1.text, span: $1.span) }
        #expect(DecomposerContract.hasOrderedSpans(subtasks, in: request))
        let bytes = Array(request.utf8)
        return located.map { step in step.span.map { String(decoding: bytes[$0], as: UTF8.self) } }
    }

    @Test("is the quote, whatever case, spaces and quotation marks it has")
    func quotes() async throws {
        let found = try await spans(
            "Fetch  “the page”,\nthen SUMMARISE it",
            [("Get a page", "fetch \"the page\""), ("Shorten it", " Summarise it. ")]
        )
        #expect(found == ["Fetch  “the page", "SUMMARISE it"])
    }

    @Test("is the place that keeps the order where words come twice")
    func repeated() async throws {
        let found = try await spans(
            "Translate the text, print the text, mail the text",
            [("Translate", "the text"), ("Print", "the text"), ("Mail", "the text")]
        )
        #expect(found == ["the text", "the text", "the text"])
    }

    @Test("is the likest drafted step where the quote is wrong or everything is quoted")
    func likeness() async throws {
        let request = "Download the dataset, transform it, and create a visual report"
        let found = try await spans(
            request,
            [("Download dataset", "nonsense"), ("Transform the data set's rows", request), ("Create a report", "")]
        )
        #expect(found[0] == "Download the dataset")
        #expect(found[2] == "create a visual report")
    }

    @Test("is nothing for a step that the request does not say, or whose place comes too early")
    func absent() async throws {
        let request = "Download the dataset and create a visual report"
        let found = try await spans(
            request,
            [("Create a visual report", "create a visual report"), ("Log in first", ""), ("Download", "Download")]
        )
        #expect(found == ["create a visual report", nil, nil])
    }

    @Test("is found in scripts without spaces, and never within a word of others")
    func scripts() async throws {
        #expect(try await spans("下载数据集，然后画图表", [("Download", "下载数据集"), ("Draw", "画图表")]) == ["下载数据集", "画图表"])
        #expect(QuoteFinder("concatenate the cat").places(of: "cat") == [16..<19])
        #expect(QuoteFinder("ÉCOLE à 3").places(of: "école") == [0..<6])
        #expect(QuoteFinder("a b").places(of: "…").isEmpty)
        #expect(QuoteFinder("").places(of: "a").isEmpty)
    }

    @Test("is surest where quote and draft agree")
    func confidence() async throws {
        let request = "Download the dataset, transform it, and create a visual report"
        let draft = try await LocalDecomposer().decompose(request).subtasks
        let items = [
            RevisedSteps.Item(text: "Download", quote: "Download the dataset"),
            RevisedSteps.Item(text: "transform the dataset", quote: ""),
            RevisedSteps.Item(text: "Wash the car", quote: ""),
        ]
        let located = StepSources(request: request, draft: draft).locate(items)
        #expect(located.map(\.confidence) == [0.95, 0.7, 0.5])
    }
}
