import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver rules", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct RuleCommandTests {
    @Test("a rule changes what a search puts first, shows in its explanation, and can be taken back")
    func rules() async throws {
        try await withSkillWeaver { skillweaver, _ in
            func found() async throws -> [JSONValue] {
                try await skillweaver("search", "download a file", "--explain", "--json").json["results"]?.arrayValue
                    ?? []
            }
            func score(_ skill: String, _ results: [JSONValue]) -> Double? {
                results.first { $0["skill"] == .string(skill) }?["score"]?.doubleValue
            }
            let before = try await found()
            let best = try #require(before[0]["skill"]?.stringValue)
            let other = try #require(before[1]["skill"]?.stringValue)
            _ = try await skillweaver("rules", "avoid", best)
            let avoided = try await found()
            #expect(try #require(score(best, avoided)) < #require(score(best, before)))
            _ = try await skillweaver("rules", "prefer", other)
            let preferred = try await found()
            #expect(preferred[0]["skill"] == .string(other))
            #expect(preferred[0]["explanation"]?["rule"] == "prefer")
            let listed = try await skillweaver("rules", "list", "--json").json["rules"]
            #expect(listed == ["\(best)": "avoid", "\(other)": "prefer"] as JSONValue)
            for skill in [best, other] { _ = try await skillweaver("rules", "forget", skill) }
            let after = try await found()
            #expect(after == before)
        }
    }

    @Test("a skill that is not there gets no rule, and a broken file of rules is said to be")
    func faults() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let unknown = try await skillweaver("rules", "prefer", "chart-gne", "--json")
            #expect(unknown.error?["hint"]?.stringValue?.contains("chart-gen") == true)
            try write(
                #"{"libraries": {"bundled": {"git": "love"}}}"#,
                to: "\(skillweaver.home)/skillweaver/preferences.json"
            )
            let broken = try await skillweaver("search", "commit")
            #expect(broken.code == 1)
            #expect(broken.errors.contains("preferences.json"))
        }
    }
}
