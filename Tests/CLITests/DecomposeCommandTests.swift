import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver decompose", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct DecomposeCommandTests {
    private let example = "Download the dataset, transform it, and create a visual report"

    @Test("gives the steps with the words they come from")
    func json() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("decompose", example, "--json")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let answer = try outcome.json
            #expect(answer["decomposer"] == "local")
            let steps = try #require(answer["steps"]?.arrayValue)
            #expect(steps.map { $0["source"] } == ["Download the dataset", "transform it", "create a visual report"])
            #expect(steps.map { $0["id"] } == ["s1", "s2", "s3"])
            #expect(steps[0]["span"] == [0, 20])
            #expect(answer["tokens"]?["prompt"] == 0)
            #expect(answer["decomposition"]?["calls"] == 0)
            #expect(answer["decomposition"]?["fallback"] == .null)
        }
    }

    @Test("marks the words of each step below them, and underlines them where there are colours")
    func terminal() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let plain = try await skillweaver("decompose", example).output.split(separator: "\n").map(String.init)
            #expect(plain.prefix(2) == [example, "s1──────────────────  s2──────────      s3────────────────────"])
            #expect(plain.last?.hasPrefix("s3  create a visual report") == true)
            let styled = try await skillweaver("decompose", example, "--color", "always").output
            #expect(styled.contains("\u{1B}[4;36mDownload the dataset\u{1B}[0m, "))
        }
    }

    @Test(
        "marks a request that is wrapped, wide, or full of controls",
        arguments: [
            String(repeating: "read the file and ", count: 20), "下载数据集，然后画图表", "a\u{1B}[2Jb\u{7}\u{202E}c and go",
        ]
    )
    func oddities(request: String) async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("decompose", request)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(!outcome.output.contains("\u{1B}"))
            #expect(outcome.output.contains("s1"))
        }
    }

    @Test("answers a batch line by line, and refuses a request without words")
    func batch() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let input = #"{"id":"a","query":"read a file"}"# + "\n" + #"{"id":2,"query":" "}"# + "\n"
            let outcome = try await skillweaver("decompose", "--batch", "-", "--json", input: input)
            #expect(outcome.code == 1)
            #expect(try outcome.lines.map { $0["id"] } == ["a", 2])
            #expect(try outcome.lines[1]["error"]?["code"] == "invalid-request")
            #expect(try await skillweaver("decompose", " ", "--json").code == 2)
        }
    }
}
