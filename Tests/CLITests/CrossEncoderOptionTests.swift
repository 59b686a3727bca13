import JSONSchema
import TestSupport
import Testing

@Suite(
    "skillweaver with a cross-encoder",
    .enabled(if: SkillWeaverCommand.isUsable && TinyCrossEncoder.canBeMade, SkillWeaverCommand.absence)
)
struct CrossEncoderOptionTests {
    @Test("reorders what search and route find, and says so")
    func use() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let records = """
                {"id":"plot","name":"plot","description":"Draw charts from tables"}
                {"id":"sketch","name":"sketch","description":"Draw charts by hand"}

                """
            try write(records, to: "\(folder)/mine.jsonl")
            // A model that likes nothing as much as hands.
            try await TinyCrossEncoder.make(in: "\(folder)/tiny", words: ["hand": 1])
            #expect(try await skillweaver("index", "\(folder)/mine.jsonl").code == 0)
            let query = "draw charts from tables"
            func first(_ options: String...) async throws -> JSONValue? {
                let outcome = try await skillweaver.run(["search", query, "-l", "mine", "--json"] + options)
                return try outcome.json["results"]?.arrayValue?.first
            }
            #expect(try await first()?["skill"] == "plot")
            let found = try await first("--cross-encoder", "\(folder)/tiny", "--stages", "first", "--explain")
            let signals = found?["explanation"]?["signals"]?.arrayValue ?? []
            #expect(signals.contains { $0["signal"] == "cross_encoder" })
            let route = try await skillweaver(
                "route",
                query,
                "-l",
                "mine",
                "--json",
                "--cross-encoder",
                "\(folder)/tiny"
            )
            #expect(route.code == 0, "\(route.errors)")
            let missing = try await skillweaver("search", query, "-l", "mine", "--json", "--cross-encoder", folder)
            #expect(missing.code == 1)
            #expect(missing.error?["code"] == "encoder-unavailable")
        }
    }
}
