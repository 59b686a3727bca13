import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("Skills in a model's reply")
struct SkillSelectionParserTests {
    private static let skills = SkillNameTable([
        SkillListing(skill: "id-api", name: "api-client"),
        SkillListing(skill: "id-csv", name: "owner/CSV parser"),
        SkillListing(skill: "id-other", name: "API-Client"),
    ])

    private func parse(_ text: String) -> SkillSelection {
        SkillSelectionParser.parse(
            ChatReply(text: text, usage: .none),
            request: "Do everything",
            skills: Self.skills
        )
    }

    @Test(
        "are found by name, whatever the object calls them",
        arguments: [
            #"[{"step": "Download it", "skill": "api-client"}, {"step": "Read it", "skill": "owner/csv Parser"}]"#,
            #"[{"task":"Download it","tool":"`api-client`"},{"description":"Read it","skill_name":"OWNER/CSV PARSER"}]"#,
            #"[{"step": 1, "name": "api-client", "action": "Download it"}, {"name": "owner/CSV parser", "do": "Read it"}]"#,
        ]
    )
    func named(reply: String) {
        let selection = parse(reply)
        #expect(
            selection.steps == [
                ProposedStep(text: "Download it", skill: "id-api"), ProposedStep(text: "Read it", skill: "id-csv"),
            ]
        )
        #expect(!selection.isWholeRequest)
        #expect(selection.diagnostics.isEmpty)
    }

    @Test("may be names alone, which stand for the steps")
    func namesOnly() {
        let selection = parse(#"["owner/CSV parser", "api-client"]"#)
        #expect(selection.steps.map(\.skill) == ["id-csv", "id-api"])
        #expect(selection.steps.map(\.text) == ["owner/CSV parser", "api-client"])
    }

    @Test("may be missing where no skill fits, which is no fault")
    func abstention() {
        let selection = parse(#"[{"step": "Download it", "skill": null}, {"step": "Read it"}]"#)
        #expect(selection.steps == [ProposedStep(text: "Download it"), ProposedStep(text: "Read it")])
        #expect(selection.diagnostics.isEmpty)
    }

    @Test("are reported where they do not exist, and their steps stay")
    func unknown() {
        let selection = parse(
            #"[{"step": "A b", "skill": "made-up"}, {"step": "C d", "skill": "nor\nthis"}, "api-client"]"#
        )
        #expect(selection.steps.map(\.skill) == [nil, nil, "id-api"])
        #expect(selection.diagnostics == ["the model named skills that do not exist: \"made-up\" and 1 more"])
    }

    @Test("are missing where the reply is only a list, a refusal or garbage")
    func fallback() {
        #expect(parse("1. Download it\n2. Read it").steps.map(\.text) == ["Download it", "Read it"])
        #expect(parse("1. Download it\n2. Read it").steps.map(\.skill) == [nil, nil])
        for reply in ["I'm sorry, I can't.", "[\"I'm sorry, I can't.\"]", "", "[", "no"] {
            let selection = parse(reply)
            #expect(selection.steps == [ProposedStep(text: "Do everything")])
            #expect(selection.isWholeRequest)
            #expect(selection.diagnostics.count == 1)
        }
    }

    @Test("are limited in number, and a broken list is said to be one")
    func limits() {
        let many = (1...500).map { #"{"step": "Thing \#($0)", "skill": "api-client"}"# }.joined(separator: ",")
        let selection = parse("[\(many)")
        #expect(selection.steps.count == DecompositionLimits.maximumSteps)
        #expect(
            selection.diagnostics == [
                "the model listed 500 steps; the first 64 are kept",
                "the model's reply breaks off inside its list, after step 500",
            ]
        )
    }
}
