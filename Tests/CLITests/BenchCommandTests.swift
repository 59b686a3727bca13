import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver bench", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct BenchCommandTests {
    @Test("compskill scores by category, keeps records, and gives the same figures twice")
    func compskill() async throws {
        try await withBenchmark { skillweaver, set in
            let arguments = ["bench", "compskill"] + set.compskill + ["--json"]
            let first = try await skillweaver.run(arguments + ["--out", "\(set.folder)/a.jsonl"])
            #expect(first.code == 0, "\(first.errors)")
            let metrics = try first.metrics()
            #expect(metrics["da"]?["mean"] == 1.0)
            #expect(metrics["cat_r_at_1"]?["mean"] == 1.0)
            #expect(metrics["plan_valid"]?["mean"] == 1.0)
            let second = try await skillweaver.run(arguments + ["--out", "\(set.folder)/b.jsonl"])
            #expect(try second.metrics() == metrics)
            let kept = try JSONParser.parse(set.read("a.results.json"))
            #expect(kept["runs"]?.arrayValue?.first?["slices"]?["all"]?["metrics"] == .object(metrics))
            #expect(try set.read("a.jsonl").split(separator: "\n").count == 3)
        }
    }

    @Test("people see a table with the interval of each figure")
    func table() async throws {
        try await withBenchmark { skillweaver, set in
            let outcome = try await skillweaver.run(["bench", "compskill", "--decomposer", "majority"] + set.compskill)
            #expect(outcome.output.contains("DA±1"))
            #expect(outcome.output.contains("[1.000, 1.000]"))
        }
    }

    @Test("the switch that leaks the category is another run with another configuration")
    func categoryInText() async throws {
        try await withBenchmark { skillweaver, set in
            let out = ["--out", "\(set.folder)/a.jsonl"]
            _ = try await skillweaver.run(["bench", "compskill"] + set.compskill + out)
            let leaking = ["bench", "compskill", "--category-in-text", "--json"] + set.compskill
            let refused = try await skillweaver.run(leaking + out)
            #expect(refused.code == 1)
            #expect(refused.error?["code"] == "data-conflict")
            #expect(refused.error?["message"]?.stringValue?.contains("category_in_text") == true)
            let restarted = try await skillweaver.run(leaking + out + ["--restart"])
            #expect(restarted.code == 0)
            #expect(try restarted.json["runs"]?.arrayValue?.first?["variant"] == "category in text")
        }
    }

    @Test(
        "a switch whose part is not there is a usage error that names it",
        arguments: [
            (["--rerank"], "--rerank"), (["--decomposer", "sad"], "sad"), (["--decomposer", "oracle-k"], "oracle-k"),
            (["--iterations", "2"], "--iterations"), (["--model", "m"], "--model"), (["--hints", "5"], "--hints"),
            (["--decomposer", "nonsense"], "nonsense"),
        ]
    )
    func refused(switches: [String], named: String) async throws {
        try await withBenchmark { skillweaver, set in
            let outcome = try await skillweaver.run(["bench", "compskill"] + set.compskill + switches + ["--json"])
            #expect(outcome.code == 2)
            #expect(outcome.error?["message"]?.stringValue?.contains(named) == true, "\(outcome.errors)")
        }
    }

    @Test("a run goes on with the requests that an interrupted one has left")
    func resuming() async throws {
        try await withBenchmark { skillweaver, set in
            let arguments = ["bench", "compskill"] + set.compskill + ["--json", "--out", "\(set.folder)/a.jsonl"]
            let whole = try await skillweaver.run(arguments).metrics()
            // What a killed process leaves: the first record, and a part of the second.
            let lines = try set.read("a.jsonl").split(separator: "\n")
            let changed = lines[1].replacing(#""da":1"#, with: #""da":0"#)
            try write("\(lines[0])\n\(changed)\n\(lines[2].prefix(20))", to: "\(set.folder)/a.jsonl")
            let resumed = try await skillweaver.run(arguments)
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try resumed.metrics()["da"]?["mean"] == 0.5)
            #expect(whole["da"]?["mean"] == 1.0)
            #expect(try set.read("a.jsonl").split(separator: "\n").count == 3)
        }
    }

    @Test(
        "a malformed line names its file and its line and stops before any work",
        arguments: ["queries.jsonl", "library.jsonl", "set.queries.jsonl", "set.tools.jsonl", "cross.jsonl"]
    )
    func malformed(name: String) async throws {
        try await withBenchmark { skillweaver, set in
            let file = "\(set.folder)/\(name)"
            try write(try set.read(name) + "{\"id\": 1\n", to: file)
            let commands = [
                ["compskill"] + set.compskill, ["tasks"] + set.tasks, ["retrieval"] + set.retrieval,
            ]
            for command in commands where command.contains(file) {
                let out = "\(set.folder)/never.jsonl"
                let outcome = try await skillweaver.run(["bench"] + command + ["--json", "--out", out])
                #expect(outcome.code == 1)
                #expect(outcome.output.isEmpty)
                #expect(outcome.error?["code"] == "data-malformed")
                let line = try set.read(name).split(separator: "\n").count
                #expect(outcome.error?["message"]?.stringValue?.hasPrefix("\(file):\(line):") == true)
                #expect(!FileManager.default.fileExists(atPath: out))
            }
        }
    }

    @Test("what is odd about the data is reported and counted")
    func oddities() async throws {
        try await withBenchmark { skillweaver, set in
            let file = "\(set.folder)/queries.jsonl"
            let lines = try set.read("queries.jsonl")
            let odd = lines.split(separator: "\n")[0].replacing(#""mail""#, with: #""nonsense""#)
                .replacing(#""q1""#, with: #""q3""#)
            try write(lines + lines.split(separator: "\n")[0] + "\n" + odd + "\n", to: file)
            let outcome = try await skillweaver.run(["bench", "compskill", "--json"] + set.compskill)
            let data = try outcome.json["runs"]?.arrayValue?.first?["data"]
            #expect(data?["duplicate_id"] == 1)
            #expect(data?["unknown_category"] == 1)
            let people = try await skillweaver.run(["bench", "compskill"] + set.compskill)
            #expect(people.errors.contains("\(file):3: q1"))
            #expect(people.errors.contains("nonsense"))
        }
    }

    @Test("tasks are judged from the request, from gold steps and from gold tools")
    func tasks() async throws {
        try await withBenchmark { skillweaver, set in
            let free = try await skillweaver.run(["bench", "tasks", "--json"] + set.tasks)
            #expect(free.code == 0, "\(free.errors)")
            #expect(try free.metrics()["da"]?["mean"] == 1.0)
            #expect(try free.metrics()["step_text_f1"]?["n"] == 1)
            #expect(try free.metrics()["tool_f1"]?["mean"] == 1.0)
            let steps = try await skillweaver.run(["bench", "tasks", "--json", "--given", "steps"] + set.tasks)
            #expect(try steps.metrics()["step_tool_r_at_1"]?["mean"] == 1.0)
            #expect(try steps.metrics()["da"] == nil)
            #expect(try steps.json["runs"]?.arrayValue?.first?["system"] == "oracle")
            let tools = try await skillweaver.run(["bench", "tasks", "--json", "--given", "tools"] + set.tasks)
            #expect(try tools.metrics()["edge_f1"]?["n"] == 2)
            #expect(try tools.metrics()["tool_f1"] == nil)
            let contradiction = try await skillweaver.run(
                ["bench", "tasks", "--given", "steps", "--decomposer", "local"] + set.tasks
            )
            #expect(contradiction.code == 2)
        }
    }

    @Test("retrieval is judged part by part")
    func retrieval() async throws {
        try await withBenchmark { skillweaver, set in
            let outcome = try await skillweaver.run(["bench", "retrieval", "--json"] + set.retrieval)
            let runs = try #require(try outcome.json["runs"]?.arrayValue)
            #expect(runs.map { $0["system"] } == ["tfidf", "dense", "lexical", "hybrid", "late"])
            #expect(runs.allSatisfy { $0["slices"]?["all"]?["metrics"]?["r_at_1"]?["mean"] == 1.0 })
        }
    }

    @Test("two runs are compared request by request")
    func comparing() async throws {
        try await withBenchmark { skillweaver, set in
            for (name, decomposer) in [("a", "whole"), ("b", "local")] {
                let out = "\(set.folder)/\(name).jsonl"
                _ = try await skillweaver.run(
                    ["bench", "compskill", "--decomposer", decomposer, "--out", out] + set.compskill
                )
            }
            let files = ["\(set.folder)/a.jsonl", "\(set.folder)/b.jsonl"]
            let outcome = try await skillweaver.run(["bench", "compare", "--json"] + files)
            let accuracy = try outcome.json["metrics"]?["da"]
            #expect(accuracy?["a"] == 0.0)
            #expect(accuracy?["b"] == 1.0)
            #expect(accuracy?["better"] == 2)
            #expect(accuracy?["difference"]?["mean"] == 1.0)
            let people = try await skillweaver.run(["bench", "compare"] + files)
            #expect(people.output.contains("2 requests"))
            #expect(try await skillweaver.run(["bench", "compare", files[0], "\(set.folder)/none.jsonl"]).code == 1)
        }
    }
}
