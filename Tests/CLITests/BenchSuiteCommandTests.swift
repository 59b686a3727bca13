import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite(
    "skillweaver bench all, report, prompts, replies",
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence)
)
struct BenchSuiteCommandTests {
    @Test("all runs everything, writes results and a report, and does nothing twice")
    func all() async throws {
        try await withBenchmark { skillweaver, set in
            let data = try set.asDataFolder()
            let out = "\(set.folder)/out"
            let first = try await skillweaver("bench", "all", "--data", data, "--out", out, "--json")
            #expect(first.code == 0, "\(first.errors)")
            let results = try JSONParser.parse(set.read("out/results.json"))
            let runs = try #require(results["runs"]?.arrayValue)
            #expect(runs.count == 30)
            #expect(Set(runs.compactMap { $0["benchmark"]?.stringValue }) == ["compskill", "tasks", "retrieval"])
            let report = try set.read("out/report.md")
            #expect(report.contains("not measured"))
            #expect(report.contains("SAD, Qwen2.5-7B"))
            let second = try await skillweaver("bench", "all", "--data", data, "--out", out, "--json")
            #expect(second.code == 0)
            // Latencies too are those of the first time: nothing was measured again.
            #expect(try JSONParser.parse(set.read("out/results.json")) == results)
        }
    }

    @Test("report rebuilds the marked tables only, and --check says whether they agree")
    func report() async throws {
        try await withBenchmark { skillweaver, set in
            let out = "\(set.folder)/a.jsonl"
            _ = try await skillweaver.run(["bench", "compskill", "--out", out] + set.compskill)
            let document = "\(set.folder)/README.md"
            try write("before\n<!-- bench:compskill -->\nold\n<!-- /bench -->\nafter\n", to: document)
            let files = ["--results", "\(set.folder)/a.results.json", "--document", document]
            let stale = try await skillweaver.run(["bench", "report", "--check"] + files)
            #expect(stale.code == 1)
            #expect(stale.output.contains("compskill"))
            #expect(try set.read("README.md").contains("old"))
            #expect(try await skillweaver.run(["bench", "report"] + files).code == 0)
            let rebuilt = try set.read("README.md")
            #expect(rebuilt.hasPrefix("before\n") && rebuilt.hasSuffix("after\n"))
            #expect(rebuilt.contains("Local decomposer") && !rebuilt.contains("old"))
            #expect(try await skillweaver.run(["bench", "report", "--check", "--json"] + files).code == 0)
            try write("<!-- bench:nonsense -->\n<!-- /bench -->\n", to: document)
            let unknown = try await skillweaver.run(["bench", "report", "--json"] + files)
            #expect(unknown.error?["message"]?.stringValue?.contains("nonsense") == true)
        }
    }

    @Test("prompts are answered offline round by round, and the replies are scored")
    func replies() async throws {
        try await withBenchmark { skillweaver, set in
            let setup = ["--decomposer", "sad", "--hints", "2"] + set.compskill
            let rounds = (0...1).map { "\(set.folder)/round\($0).jsonl" }
            let answers = (0...1).map { "\(set.folder)/answers\($0).jsonl" }
            let written = try await skillweaver.run(["bench", "prompts", "--json", "--out", rounds[0]] + setup)
            #expect(written.code == 0, "\(written.errors)")
            #expect(try written.json["prompts"] == 2)
            try set.answer(rounds[0], into: answers[0])

            let waiting = try await skillweaver.run(
                ["bench", "replies", answers[0], "--next", rounds[1], "--json"] + setup
            )
            #expect(waiting.code == 4, "\(waiting.errors)")
            #expect(try waiting.json["prompts"] == 2)
            let prompts = try set.read("round1.jsonl").split(separator: "\n").map { try JSONParser.parse(String($0)) }
            #expect(prompts.allSatisfy { $0["round"] == 1 })
            try set.answer(rounds[1], into: answers[1])

            let scored = try await skillweaver.run(["bench", "replies", "--json"] + answers + setup)
            #expect(scored.code == 0, "\(scored.errors)")
            #expect(try scored.metrics()["da"]?["mean"] == 1.0)
            #expect(try scored.metrics()["cat_r_at_1"]?["mean"] == 1.0)
            let run = try scored.json["runs"]?.arrayValue?.first
            #expect(run?["system"] == "sad")
            #expect(run?["variant"] == "scripted-7b")
            let tokens = run?["slices"]?["all"]?["tokens"]?.objectValue
            #expect(tokens?.keys.contains("measured") == true)
        }
    }

    @Test("LLM-Direct is judged by the skills it picks")
    func direct() async throws {
        try await withBenchmark { skillweaver, set in
            let setup = ["--decomposer", "llm-direct"] + set.compskill
            let answers = "\(set.folder)/answers.jsonl"
            let picks = #"[{\"step\":\"email\",\"skill\":\"post\"},{\"step\":\"plot\",\"skill\":\"post\"}]"#
            let lines = ["q1", "q2"].map { #"{"id":"\#($0)","round":0,"text":"\#(picks)"}"# }
            try write(lines.joined(separator: "\n"), to: answers)
            let scored = try await skillweaver.run(["bench", "replies", answers, "--json"] + setup)
            #expect(scored.code == 0, "\(scored.errors)")
            #expect(try scored.metrics()["cat_r_at_1"]?["mean"] == 0.5)
            #expect(try scored.metrics()["cat_r_at_10"]?["mean"] == 0.5)
        }
    }

    @Test("replies to nothing are reported; without a place for the next prompts that is said")
    func strangers() async throws {
        try await withBenchmark { skillweaver, set in
            let answers = "\(set.folder)/answers.jsonl"
            try write(#"{"id":"stranger","round":0,"text":"[]"}"# + "\n", to: answers)
            let setup = ["--decomposer", "vanilla"] + set.compskill
            let outcome = try await skillweaver.run(["bench", "replies", answers] + setup)
            #expect(outcome.code == 2)
            #expect(outcome.errors.contains("stranger"))
            #expect(outcome.errors.contains("--next"))
        }
    }
}
