import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver search and tune", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct SearchCommandTests {
    @Test("explains its results, and why another skill is not the first")
    func explanation() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let text = "draw a bar chart"
            let answer = try await skillweaver("search", text, "--explain", "--why-not", "git", "--json").json
            let first = try #require(answer["results"]?.arrayValue?.first)
            #expect(first["skill"]?.stringValue == "chart-gen")
            let explanation = try #require(first["explanation"])
            #expect((explanation["signals"]?.arrayValue?.count ?? 0) >= 2)
            let words = explanation["words"]?.arrayValue?.compactMap { $0["word"]?.stringValue } ?? []
            #expect(Set(words).isSuperset(of: ["bar", "chart"]))
            #expect(answer["why_not"]?["explanation"]?["signals"]?.arrayValue?.isEmpty == false)
            let shown = try await skillweaver("search", text, "--explain", "--why-not", "git")
            #expect(shown.output.contains("words: ") && shown.output.contains("why not git"))
            let scores = answer["results"]?.arrayValue?.compactMap { $0["score"]?.doubleValue } ?? []
            #expect(scores.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test("searches among what the filter lets pass, and refuses names the library does not have")
    func filters() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let text = "draw a bar chart"
            let allowed = try await skillweaver("search", text, "--allow", "git", "--allow", "csv-parser", "--json")
                .json
            let ids = allowed["results"]?.arrayValue?.compactMap { $0["skill"]?.stringValue } ?? []
            #expect(Set(ids) == ["git", "csv-parser"])
            let denied = try await skillweaver(
                "search",
                text,
                "--deny",
                "chart-gen",
                "--why-not",
                "chart-gen",
                "--json"
            )
            #expect(
                try denied.json["results"]?.arrayValue?.contains { $0["skill"]?.stringValue == "chart-gen" } == false
            )
            #expect(try denied.json["why_not"]?["excluded"] == true)
            let nothing = try await skillweaver("search", text, "--tag", "no-such-tag", "--json")
            #expect(nothing.code != 0)
            for arguments in [["--allow", "chart-gne"], ["--why-not", "chart-gne"], ["--deny", "git.nothing"]] {
                let outcome = try await skillweaver.run(["search", text, "--json"] + arguments)
                #expect(outcome.code == 1 && outcome.error?["code"]?.stringValue == "unknown-skill")
            }
            let source = try await skillweaver("search", text, "--source", "nowhere", "--json")
            #expect(source.code == 1 && source.error?["code"]?.stringValue == "unknown-source")
        }
    }

    @Test("keeps no weights that show no gain, and names the line that is no pair")
    func tuning() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/pairs.jsonl"
            let pair = #"{"query":"draw a bar chart","skill":"chart-gen"}"#
            try write([pair, "", pair, #"{"query":"x","skill":"gone"}"#].joined(separator: "\n"), to: file)
            let report = try await skillweaver("tune", "--pairs", file, "--json").json
            #expect(report["pairs"]?.intValue == 2)
            #expect(report["kept"] == false)
            for line in ["{", #"{"query":"x"}"#, #"{"query":" ","skill":"git"}"#] {
                try write(pair + "\n" + line, to: file)
                let outcome = try await skillweaver("tune", "--pairs", file, "--json")
                #expect(outcome.code == 1)
                #expect(outcome.error?["message"]?.stringValue?.contains("pairs.jsonl:2") == true)
            }
            let reset = try await skillweaver("tune", "--reset")
            #expect(reset.code == 0)
        }
    }
}
