import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite(
    "Benchmarks that ask a model",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct ModelBenchmarkTests {
    private struct Answer {
        /// Words that only this request has.
        var words: String
        var steps: [String]
        var skills: [String]
    }

    private static let answers = [
        Answer(
            words: "of the numbers, then",
            steps: ["draw a chart of the numbers", "send an e-mail message"],
            skills: ["plot", "post"]
        ),
        Answer(
            words: "on the map, then",
            steps: ["find a route on the map", "send an e-mail message"],
            skills: ["maps", "post"]
        ),
    ]

    /// A model that knows the answers, and gives them in the form it is asked for: a plan, picks, or a list.
    private static let model: [ScriptedRule] = answers.flatMap { answer -> [ScriptedRule] in
        let plan = ModelServer.plan(answer.steps.map { ($0, "", []) })
        let picks = zip(answer.steps, answer.skills).map { step, skill -> JSONValue in
            ["step": .string(step), "skill": .string(skill)]
        }
        return [
            ScriptedRule([answer.words, "depends_on"], ModelServer.reply(plan)),
            ScriptedRule([answer.words, "one name a line"], ModelServer.reply(JSONValue.array(picks).serialized())),
            ScriptedRule([answer.words], ModelServer.reply(JSONValue(answer.steps).serialized())),
        ]
    }

    private func withBenchmark(
        answeringBy rules: [ScriptedRule] = model,
        otherwise response: ScriptedResponse = ModelServer.reply(""),
        _ body: @escaping @Sendable (SkillWeaverCommand, SmallBenchmark, ScriptedServer) async throws -> Void
    ) async throws {
        try await withSkillWeaver(asking: [response], answeringBy: rules) { skillweaver, server in
            try await withTemporaryFolder { folder in
                var skillweaver = SkillWeaverCommand(home: "\(folder)/home", environment: skillweaver.environment)
                skillweaver.environment["SKILLWEAVER_MODEL"] = "qwen"
                try await body(skillweaver, try SmallBenchmark(folder: folder), server)
            }
        }
    }

    @Test(
        "every decomposer has its row: what it got right, rounds, tokens and latency",
        arguments: [("vanilla", 1), ("sad", 2), ("sad+", 1), ("llm-direct", 1), ("oracle-k", 1)]
    )
    func compskill(decomposer: String, rounds: Int) async throws {
        try await withBenchmark { skillweaver, set, server in
            let outcome = try await skillweaver.run(
                ["bench", "compskill", "--decomposer", decomposer, "--json"] + set.compskill
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            let metrics = try outcome.metrics()
            #expect(metrics["da"]?["mean"]?.doubleValue == 1)
            #expect(metrics["cat_r_at_1"]?["mean"]?.doubleValue == 1)
            #expect(metrics["rounds"]?["mean"]?.doubleValue == Double(rounds))
            #expect((metrics["hint_jaccard"] != nil) == ["sad", "sad+"].contains(decomposer))
            let run = try #require(try outcome.json["runs"]?.arrayValue?.first)
            #expect(run["system"] == .string(decomposer))
            #expect(run["variant"] == "qwen")
            let text = run.serialized()
            #expect(text.contains(#""measured""#) && text.contains(#""decompose""#))
            #expect(try server.requests().count == 2 * rounds)
        }
    }

    @Test("a run is replayed offline with the same figures, and never asks twice for what is on record")
    func replay() async throws {
        try await withBenchmark { skillweaver, set, server in
            let calls = "\(set.folder)/calls"
            let command = ["bench", "compskill", "--decomposer", "sad", "--json"] + set.compskill
            let out = ["--out", "\(set.folder)/a.jsonl"]
            let live = try await skillweaver.run(command + ["--record", calls] + out)
            #expect(live.code == 0, "\(live.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: calls).count == 4)
            let again = try await skillweaver.run(command + ["--record", calls] + out)
            #expect(try again.metrics() == live.metrics())
            #expect(try server.requests().count == 4)

            var offline = skillweaver
            offline.environment = [:]
            let replayed = try await offline.run(command + ["--replay", calls, "--model", "qwen"])
            #expect(try replayed.metrics() == live.metrics())
            let missing = try await offline.run(command + ["--replay", calls, "--model", "qwen", "--hints", "1"])
            #expect(missing.code == 1)
            #expect(missing.error?["code"] == "language-model-recording-unusable")
        }
    }

    @Test("a server that is down stops a run; a request that is refused is a miss, and for sad+ the local plan")
    func failures() async throws {
        let refusal = ModelServer.refusal("400 Bad Request", code: "context_length_exceeded", "Too long.")
        try await withBenchmark(answeringBy: [], otherwise: refusal) { skillweaver, set, _ in
            let command = ["bench", "compskill", "--json"] + set.compskill
            let vanilla = try await skillweaver.run(command + ["--decomposer", "vanilla"])
            #expect(vanilla.code == 0, "\(vanilla.errors)")
            #expect(try vanilla.metrics()["da"]?["mean"]?.doubleValue == 0)
            let revised = try await skillweaver.run(command + ["--decomposer", "sad+"])
            #expect(try revised.metrics()["da"]?["mean"]?.doubleValue == 1)
            var lost = skillweaver
            lost.environment["OPENAI_API_KEY"] = nil
            lost.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:9"
            let down = try await lost.run(command + ["--decomposer", "vanilla"])
            #expect(down.code == 1)
            #expect(down.error?["code"]?.stringValue?.hasPrefix("language-model-") == true)
        }
    }

    @Test("task sets and the whole suite have rows for models too, and only where one is named")
    func suite() async throws {
        try await withBenchmark { skillweaver, set, server in
            let tasks = try await skillweaver.run(["bench", "tasks", "--decomposer", "sad+", "--json"] + set.tasks)
            #expect(tasks.code == 0, "\(tasks.errors)")
            #expect(try tasks.metrics()["rounds"]?["mean"]?.doubleValue.map { $0 >= 1 } == true)
            let asked = try server.requests().count
            let data = try set.asDataFolder()
            let all = ["bench", "all", "--data", data, "--json", "--out"]
            let offline = try await skillweaver.run(all + ["\(set.folder)/offline"])
            #expect(offline.code == 0, "\(offline.errors)")
            #expect(try server.requests().count == asked)
            let live = try await skillweaver.run(all + ["\(set.folder)/live", "--model", "qwen"])
            #expect(live.code == 0, "\(live.errors)")
            let (few, many) = (try offline.json["runs"]?.intValue, try live.json["runs"]?.intValue)
            #expect(many == few.map { $0 + 6 })
            let report = try String(contentsOf: URL(filePath: "\(set.folder)/live/report.md"), encoding: .utf8)
            for row in ["| SAD+, qwen | measured |", "| ReAct-style, qwen | measured |"] {
                #expect(report.contains(row))
            }
        }
    }
}
