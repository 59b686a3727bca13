import LanguageModels
import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("A revised plan, read from an answer")
struct RevisionReplyTests {
    private let request = "Download the dataset, transform it, and create a visual report"

    private func read(_ text: String, _ request: String? = nil) async throws -> RevisionReply {
        let request = request ?? self.request
        return try RevisionReply.read(
            ChatReply(text: text, usage: .none),
            request: request,
            draft: try await LocalDecomposer().decompose(request).subtasks,
            skills: SkillNameTable([SkillListing(skill: "id/fetch", name: "fetch")])
        )
    }

    struct Form: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var testDescription: String { name }
    }

    private static let two = #"[{"text": "Download the dataset"}, {"text": "Create a report"}]"#

    @Test(
        "is found in whatever an answer wraps it in",
        arguments: [
            Form(name: "object", text: "{\"steps\": \(two)}"),
            Form(name: "list", text: two),
            Form(name: "code fence", text: "```json\n{\"steps\": \(two)}\n```"),
            Form(name: "prose around", text: "Here you are:\n{\"steps\": \(two)}\nAnything else?"),
            Form(name: "thoughts before", text: "<think>[\"no\", \"no\"]</think>{\"steps\": \(two)}"),
            Form(name: "nested list", text: "[[\(two)]]"),
            Form(name: "other name", text: "{\"plan\": {\"subtasks\": \(two)}}"),
            Form(name: "strings", text: #"["Download the dataset", "Create a report"]"#),
            Form(
                name: "trailing comma",
                text: #"{"steps": [{"text": "Download the dataset"}, {"text": "Create a report"},]}"#
            ),
            Form(
                name: "other members",
                text: #"{"steps": [{"task": "Download the dataset"}, {"step": "Create a report"}]}"#
            ),
        ]
    )
    func forms(form: Form) async throws {
        let plan = try await read(form.text)
        #expect(plan.steps.map(\.text) == ["Download the dataset", "Create a report"])
    }

    @Test(
        "keeps only dependencies that lead somewhere and run in no circle",
        arguments: [
            ("[], [1], [2]", [[], [0], [1]], 0),
            (#"[], ["1"], ["s1", "step 2"]"#, [[], [0], [0, 1]], 0),
            ("[], [9], [-1]", [[], [], []], 1),
            ("[1], [2], [3]", [[], [], []], 1),
            ("[2], [1], []", [[], [0], []], 1),
            ("[2], [3], [1]", [[], [2], [0]], 1),
            ("[], [0], [1]", [[], [0], [1]], 0),
            ("[], [0], [3]", [[], [], []], 1),
            ("[3], [], []", [[2], [], []], 0),
            ("[], [1.5, null, {}, true], [1, 1, 1]", [[], [], [0]], 1),
        ] as [(String, [[Int]], Int)]
    )
    func dependencies(lists: String, expected: [[Int]], remarks: Int) async throws {
        let texts = ["Download the dataset", "Transform it", "Create a report"]
        // Lists are apart at ", [": none of them holds a list.
        let parts = lists.replacing("], [", with: "]|[").split(separator: "|")
        let steps = zip(texts, parts).map { "{\"text\": \"\($0)\", \"depends_on\": \($1)}" }
        let plan = try await read("{\"steps\": [\(steps.joined(separator: ","))]}")
        #expect(plan.steps.map { $0.dependsOn ?? [] } == expected)
        #expect(plan.remarks.count == remarks, "\(plan.remarks)")
    }

    @Test("lists nothing twice, and dependencies follow what is kept")
    func repetitions() async throws {
        let plan = try await read(
            """
            {"steps": [{"text": "Download the dataset", "depends_on": []}, {"text": "download the dataset", "depends_on": []},
             {"text": "Transform the dataset", "depends_on": [2]}, {"text": "Create a report", "depends_on": [3]}]}
            """
        )
        #expect(plan.steps.map(\.text) == ["Download the dataset", "Transform the dataset", "Create a report"])
        #expect(plan.steps.map(\.dependsOn) == [[], [0], [1]])
        #expect(plan.remarks == ["the model listed 1 steps twice"])
    }

    @Test("takes skills that were shown and reports others")
    func skills() async throws {
        let plan = try await read(
            #"[{"text": "Download the dataset", "skill": "Fetch"}, {"text": "Create a report", "skill": "rm-rf"}]"#
        )
        #expect(plan.steps.map(\.skill) == ["id/fetch", nil])
        #expect(plan.remarks == ["the model named skills that it was not shown: \"rm-rf\""])
    }

    @Test("has nothing to do with the request: refused")
    func unrelated() async throws {
        let error = await #expect(throws: RevisionFault.self) {
            try await read(#"["Boil four eggs", "Water our plants", "Feed grandma's cat"]"#)
        }
        #expect(error == .unrelated([1, 2, 3]))
    }

    @Test("may be in English where the request is not, but in no third language")
    func languages() async throws {
        let plan = try await read(#"["Download the dataset", "Draw a chart"]"#, "下载数据集，然后画图表")
        #expect(plan.steps.count == 2)
        await #expect(throws: RevisionFault.otherLanguage) {
            try await read(#"["Загрузить набор данных", "Построить график"]"#, "下载数据集，然后画图表")
        }
        await #expect(throws: RevisionFault.otherLanguage) {
            try await read(
                #"["Téléchargez les données de la base", "Créez un rapport avec les données dans le dossier"]"#
            )
        }
    }
}
