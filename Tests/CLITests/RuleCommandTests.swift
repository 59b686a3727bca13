import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver rules", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct RuleCommandTests {
    @Test("a rule changes what a search puts first, shows in its explanation, and can be taken back")
    func rules() async throws {
        try await withSkillWeaver { skillweaver, _ in
            func first() async throws -> JSONValue? {
                try await skillweaver("search", "download a file", "--explain", "--json").json["results"]?.arrayValue?
                    .first
            }
            let before = try #require(try await first()?["skill"]?.stringValue)
            _ = try await skillweaver("rules", "avoid", before)
            let avoided = try await first()
            #expect(avoided?["skill"]?.stringValue != before)
            let other = try #require(avoided?["skill"]?.stringValue)
            _ = try await skillweaver("rules", "prefer", other)
            #expect(try await first()?["explanation"]?["rule"] == "prefer")
            let listed = try await skillweaver("rules", "list", "--json").json["rules"]
            #expect(listed == ["\(before)": "avoid", "\(other)": "prefer"] as JSONValue)
            for skill in [before, other] { _ = try await skillweaver("rules", "forget", skill) }
            #expect(try await first()?["skill"]?.stringValue == before)
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
