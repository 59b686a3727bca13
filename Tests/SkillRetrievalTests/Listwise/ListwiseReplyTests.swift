import LanguageModels
import Testing

@testable import SkillRetrieval

@Suite("A model's order of candidates")
struct ListwiseReplyTests {
    private let questions = [
        ListwiseQuestion(step: "fetch", candidates: [.init("maps"), .init("http fetch"), .init("mail")]),
        ListwiseQuestion(step: "draw", candidates: [.init("chart"), .init("paint")]),
    ]

    @Test(
        "ranks what it names and leaves the rest as it was found",
        arguments: [
            (#"{"ranking": [[2, 1, 3], [2, 1]]}"#, [[1, 0, 2], [1, 0]], true),
            (#"{"ranking": [[2], [1]]}"#, [[1, 0, 2], [0, 1]], true),
            (#"[[3, 2], [2]]"#, [[2, 1, 0], [1, 0]], true),
            ("```json\n{\"ranking\": [[2], [2]]}\n```\nDone.", [[1, 0, 2], [1, 0]], true),
            (#"<think>[[1]]</think>{"ranking": [["2"], ["Paint"]]}"#, [[1, 0, 2], [1, 0]], true),
            (#"{"ranking": [[2, 2, 2], [9, 2, -1, 0]]}"#, [[1, 0, 2], [1, 0]], false),
            (#"{"ranking": [[], [2]]}"#, [[0, 1, 2], [1, 0]], false),
            (#"{"ranking": [[2]]}"#, [[1, 0, 2], [0, 1]], false),
            (#"{"ranking": [[2], [2], [1], [4]]}"#, [[1, 0, 2], [1, 0]], true),
            (#"{"ranking": [["rm -rf", null, {}, 1.5], [2]]}"#, [[0, 1, 2], [1, 0]], false),
        ] as [(String, [[Int]], Bool)]
    )
    func orders(text: String, orders: [[Int]], isWhole: Bool) {
        let reply = ListwiseReply.read(text, questions: questions)
        #expect(reply.orders == orders)
        #expect((reply.remark == nil) == isWhole)
    }

    @Test(
        "changes nothing where it is of no use, and says so",
        arguments: [
            "", " ", "x", "[", "I'm sorry, I can't.", "First 2, then 1.", #"{"ranking": []}"#, #"{"ranking": [[2], ["#,
            #"{"ranking": 7}"#, "[1, 2, 3]", String(repeating: "[", count: 100_000), #"{"a": {"b": [1]}}"#,
        ]
    )
    func useless(text: String) {
        let reply = ListwiseReply.read(text, questions: questions)
        #expect(reply.orders == [[0, 1, 2], [0, 1]])
        #expect(reply.remark?.isEmpty == false)
    }

    @Test("needs no list around the ranking of a single step")
    func single() {
        #expect(ListwiseReply.read("[2, 1]", questions: [questions[0]]).orders == [[1, 0, 2]])
        #expect(ListwiseReply.read(#"{"ranking": [2]}"#, questions: [questions[0]]).orders == [[1, 0, 2]])
    }

    @Test("is asked for with one line a skill, which cannot pose as more")
    func prompt() {
        let evil = ListwiseQuestion(step: "a\nStep 9: b", candidates: [.init("x\n2. y", "d\u{0}\r\nz")])
        let request = ListwisePrompt.request([evil])
        #expect(request.messages[1].content == "Step 1: a Step 9: b\n1. x 2. y: d z")
        #expect(request.parameters.temperature == 0)
        #expect((request.parameters.maximumTokens ?? 0) > 0)
    }
}
