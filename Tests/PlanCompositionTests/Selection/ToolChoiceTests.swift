import JSONSchema
import SkillCatalog
import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("The choice among the tools of one skill")
struct ToolChoiceTests {
    @Test(
        "knows from annotations and names whether a tool changes something",
        arguments: [
            ("read_query", ToolEffect.reads), ("write_query", .changes), ("git_commit", .changes),
            ("commit_history", .reads), ("get_or_create", .changes), ("get_release", .reads),
            ("git_diff_staged", .reads),
            ("set_status", .changes), ("add", .unknown), ("translate", .unknown),
        ]
    )
    func effects(_ name: String, _ effect: ToolEffect) {
        #expect(ToolEffect(Tool(name: name, description: "")) == effect)
        let declared = Tool(name: name, description: "", annotations: ToolAnnotations(readOnlyHint: true))
        #expect(ToolEffect(declared) == .reads)
    }

    @Test(
        "reads off the words whether somebody asks or wants a change",
        arguments: [
            ("what changed in the last commits", StepReading.Intent.look), ("show the log", .look),
            ("is there a branch called dev", .look), ("do we have tests", .look), ("do the dishes", .open),
            ("check out the branch dev", .open), ("find the duplicates and delete them", .open),
            ("delete the branch", .change), ("please create a table", .change), ("translate the text", .open),
        ]
    )
    func intents(_ text: String, _ intent: StepReading.Intent) {
        let words = RequestTokenizer.tokens(of: text)
        #expect(StepReading(lead: [], words: words, isPlaced: true).intent == intent)
    }

    private let skill = Skill(
        id: "vcs",
        name: "vcs",
        description: "",
        tools: [
            Samples.tool("commit", takes: ["!message": ["type": "string"]]),
            Samples.tool("log", takes: ["max_count": ["type": "integer"]]),
            Samples.tool("show", takes: ["!revision": ["type": "string"]]),
        ],
        origin: SkillOrigin(source: "test", file: "test")
    )

    private func tool(for text: String, _ scores: [(String, Double)]) -> String? {
        let candidate = Candidate(
            skill: "vcs",
            tool: scores.first?.0,
            score: scores.first?.1 ?? 0,
            alternatives: scores.dropFirst().map { ToolAlternative(tool: $0.0, score: $0.1) }
        )
        let words = RequestTokenizer.tokens(of: text)
        let step = StepReading(lead: [], words: words, isPlaced: true)
        return ToolChoice(step: step, cues: [], workspace: nil).best(of: candidate, in: skill).tool
    }

    @Test("leaves a question to a tool that reads, and to the one whose inputs the words give")
    func questions() {
        let scores = [("commit", 0.6), ("show", 0.55), ("log", 0.5)]
        #expect(tool(for: "what changed in the last three commits", scores) == "log")
        #expect(tool(for: "show the revision 'abc1234'", scores) == "show")
        #expect(tool(for: "commit with the message 'Fix typo'", scores) == "commit")
    }

    @Test("keeps a clear winner, and a candidate without alternatives")
    func winners() {
        #expect(tool(for: "show what there is", [("show", 0.9), ("log", 0.1)]) == "show")
        #expect(tool(for: "what changed", [("commit", 0.6)]) == "commit")
    }
}
