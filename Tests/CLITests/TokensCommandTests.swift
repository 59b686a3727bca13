import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver tokens", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct TokensCommandTests {
    @Test("counts the three ways for the bundled skills, and what routing saves")
    func bundled() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let answer = try await skillweaver("tokens", "--json").json
            let strategies = answer["strategies"]?.arrayValue ?? []
            #expect(strategies.map { $0["name"] } == ["upfront", "menu", "routed"])
            let tokens = strategies.compactMap { $0["tokens"]?.intValue }
            #expect(tokens.count == 3)
            #expect(tokens[1] < tokens[2] && tokens[2] < tokens[0])
            let saved = try #require(answer["saved"]?.doubleValue)
            #expect(abs(saved - (1 - Double(tokens[2]) / Double(tokens[0]))) < 0.001)
            let expected: JSONValue = Installed.tokenizer == nil ? "estimated" : "counted"
            #expect(strategies.allSatisfy { $0["source"] == expected })
        }
    }

    @Test("a request's own skills are what is loaded for it, and the table shows the published figures")
    func request() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let words = ["tokens", "--request", "Show the status of the git repository", "--turns", "7"]
            let table = try await skillweaver.run(words).output
            #expect(table.contains("routed to: git"))
            #expect(table.contains("7 turns") && table.contains("~12,000") && table.contains("78 %"))
        }
    }
}
