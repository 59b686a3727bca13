import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver plan", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct PlanCommandTests {
    private let request = "Download the dataset from https://example.org/a.csv, and create a visual report"

    @Test("checks and shows what route keeps, and says what an editor has broken")
    func roundTrip() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/plan.json"
            let kept = try await skillweaver("route", request, "--out", file)
            #expect(kept.code == 0)
            let good = try await skillweaver("plan", "validate", file, "--json")
            #expect(good.code == 0)
            #expect(try good.json["valid"] == true && good.json["faults"] == [])

            let shown = try await skillweaver("plan", "show", file)
            #expect(shown.output == kept.output)
            let mermaid = try await skillweaver("plan", "show", file, "--format", "mermaid")
            #expect(mermaid.output.hasPrefix("flowchart TD"))
            let json = try await skillweaver("plan", "show", file, "--json").json
            #expect(json == (try JSONParser.parse(try text(of: file))))

            let broken = try text(of: file).replacing("\"depends_on\": [\n", with: "\"depends-on\": [\n")
                .replacing("https://example.org/a.csv\"\n", with: "https://example.org/a.csv\", \"kind\": 5\n")
            try write(broken.replacing("\"tool\": ", with: "\"tool\": \"gone\", \"toolx\": "), to: file)
            let bad = try await skillweaver("plan", "validate", file, "--json")
            #expect(bad.code == 1)
            let faults = try #require(try bad.json["faults"]?.arrayValue)
            let places = faults.compactMap { $0["place"]?.stringValue }
            #expect(places.contains("/steps/0/tool"))
            #expect(faults.contains { $0["code"] == "unknown-member" && $0["severity"] == "warning" })
            let warned = try await skillweaver("plan", "show", file)
            #expect(warned.code == 0 && warned.errors.contains("is no member of a plan"))
        }
    }

    @Test("refuses what is no plan, with its place")
    func noPlan() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/plan.json"
            try write(#"{"request": "r", "steps": [{"id": "s1", "subtask": 5}]}"#, to: file)
            let outcome = try await skillweaver("plan", "validate", file, "--json")
            #expect(outcome.code == 1)
            #expect(try outcome.json["faults"]?.arrayValue?.first?["place"] == "/steps/0/subtask")
            let shown = try await skillweaver("plan", "show", file, "--json")
            #expect(shown.code == 1 && shown.error?["code"] == "not-a-plan")
            try write("{", to: file)
            #expect(try await skillweaver("plan", "validate", file).code == 1)
            #expect(try await skillweaver("plan", "show", "\(folder)/none.json").code == 1)
            let both = try await skillweaver("route", "--batch", file, "--out", file)
            #expect(both.code == 2)
        }
    }
}
