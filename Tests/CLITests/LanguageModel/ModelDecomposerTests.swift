import JSONSchema
import TestSupport
import Testing

@Suite(
    "Decomposers that ask a model",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct ModelDecomposerTests {
    private static let request = "Download the dataset, transform it, and create a visual report"
    private static let list = #"["Download the dataset", "Transform the dataset", "Draw a chart"]"#
    private static let texts = ["Download the dataset", "Transform the dataset", "Draw a chart"]

    @Test("vanilla asks once, and reports what that cost")
    func vanilla() async throws {
        try await withSkillWeaver(asking: [ModelServer.reply(Self.list)]) { skillweaver, server in
            let outcome = try await skillweaver(
                "decompose",
                Self.request,
                "--decomposer",
                "vanilla",
                "--wording",
                "code",
                "--temperature",
                "0.5",
                "--json"
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            let answer = try outcome.json
            #expect(answer["decomposer"] == "vanilla")
            #expect(answer["steps"]?.arrayValue?.map { $0["text"]?.stringValue } == Self.texts)
            #expect(answer["tokens"]?["prompt"] == 211)
            #expect(answer["tokens"]?["completion"] == 31)
            let report = try #require(answer["decomposition"])
            #expect(report["model"] == "qwen")
            #expect(report["calls"] == 1)
            let round = try #require(report["rounds"]?.arrayValue?.first)
            #expect(round["latency_ms"]?.doubleValue.map { $0 > 0 } == true)
            let sent = try server.requests()
            #expect(sent.count == 1)
            #expect(sent[0].header("authorization") == "Bearer \(ModelServer.key)")
            let body = try sent[0].json()
            #expect(body["temperature"] == 0.5)
            #expect(body["top_p"] == 0.9)
            #expect(body["max_tokens"] == 256)
            #expect(body["messages"]?.arrayValue?.first?["content"]?.stringValue?.contains("Rules:") == true)
        }
    }

    @Test("sad shows the model names of skills in the second round, and reports how far they have settled")
    func skillAware() async throws {
        try await withSkillWeaver(asking: [ModelServer.reply(Self.list)]) { skillweaver, server in
            let outcome = try await skillweaver(
                "decompose",
                Self.request,
                "--decomposer",
                "sad",
                "--hints",
                "4",
                "--iterations",
                "3",
                "--convergence",
                "0.6",
                "--json"
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            let rounds = try #require(try outcome.json["decomposition"]?["rounds"]?.arrayValue)
            // The same steps find the same skills: the second round settles it.
            #expect(rounds.count == 2)
            #expect(rounds.map { $0["hints"] } == [4, 4])
            #expect(rounds.map { $0["jaccard"]?.doubleValue } == [nil, 1])
            let prompts = try server.requests().map { $0.body.contains("chart-gen") }
            #expect(prompts == [false, true])
        }
    }

    @Test("sad+ asks once, with the local plan and skills in view, and keeps the words each step comes from")
    func revised() async throws {
        let plan = ModelServer.plan([
            ("Download the dataset", "Download the dataset", []), ("Transform the dataset", "transform it", [1]),
            ("Draw a chart of the result", "create a visual report", [2]),
        ])
        try await withSkillWeaver(asking: [ModelServer.reply("```json\n\(plan)\n```")]) { skillweaver, server in
            let outcome = try await skillweaver("decompose", Self.request, "--decomposer", "sad+", "--json")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let steps = try #require(try outcome.json["steps"]?.arrayValue)
            #expect(steps.map { $0["source"] } == ["Download the dataset", "transform it", "create a visual report"])
            #expect(steps.map { $0["depends_on"] } == [[], ["s1"], ["s2"]])
            #expect(try outcome.json["decomposition"]?["fallback"] == .null)
            let sent = try server.requests()
            #expect(sent.count == 1)
            #expect(sent[0].body.contains("Draft:") && sent[0].body.contains("chart-gen"))
            #expect(try sent[0].json()["response_format"]?["type"] == "json_schema")
        }
    }

    @Test("react searches, uses, and finishes")
    func react() async throws {
        let turns = [
            "Thought: find it\nAction: search[draw a chart]", "Action: use[chart-gen | draw a chart]",
            "Action: finish[]",
        ]
        try await withSkillWeaver(asking: turns.map { ModelServer.reply($0) }) { skillweaver, server in
            let outcome = try await skillweaver("route", "Draw a chart", "--decomposer", "react", "--json")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let step = try #require(try outcome.json["steps"]?.arrayValue?.first)
            #expect(step["skill"] == "chart-gen")
            #expect(try outcome.json["decomposition"]?["calls"] == 3)
            #expect(try server.requests().count == 3)
        }
    }

    @Test("llm-direct reads all names and picks, oracle-k is told how many steps there are")
    func others() async throws {
        let picks = #"[{"step":"draw a chart","skill":"chart-gen"}]"#
        let rules = [ScriptedRule(["exactly 2 atomic sub-tasks"], ModelServer.reply(#"["Get data", "Draw a chart"]"#))]
        try await withSkillWeaver(asking: [ModelServer.reply(picks)], answeringBy: rules) { skillweaver, server in
            let direct = try await skillweaver("decompose", "Draw a chart", "--decomposer", "llm-direct", "--json")
            #expect(try direct.json["steps"]?.arrayValue?.first?["skill"]?.stringValue?.contains("chart-gen") == true)
            let counted = try await skillweaver(
                "decompose",
                "Get data and chart it",
                "--decomposer",
                "oracle-k",
                "--steps",
                "2",
                "--json"
            )
            #expect(try counted.json["decomposer"] == "oracle-k")
            #expect(try counted.json["steps"]?.arrayValue?.count == 2)
            #expect(try server.requests().count == 2)
        }
    }

    @Test("--rerank llm orders the candidates of all steps in one call, and says what that cost")
    func rerank() async throws {
        let ranking = ModelServer.reply(#"{"ranking": [[2, 1], [2], [2]]}"#)
        try await withSkillWeaver(asking: [ranking]) { skillweaver, server in
            let found = try await skillweaver("route", Self.request, "--json").json
            let outcome = try await skillweaver("route", Self.request, "--rerank", "llm", "--json")
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(try server.requests().count == 1)
            let before = found["steps"]?.arrayValue?.map { $0["candidates"]?.arrayValue?.prefix(2).map { $0["skill"] } }
            let after = try outcome.json["steps"]?.arrayValue?
                .map { $0["candidates"]?.arrayValue?.prefix(2).map { $0["skill"] } }
            #expect(after == before?.map { $0?.reversed() })
            let report = try #require(try outcome.json["reranking"]?.arrayValue?.first)
            #expect(report["model"] == "qwen")
            #expect(report["tokens"]?["completion"] == 31)
            #expect(try outcome.json["tokens"]?["prompt"] == 211)
        }
    }

    @Test(
        "options that would be ignored, and a model that nothing asks, are usage errors",
        arguments: [
            (["--iterations", "2"], "--iterations means nothing to the decomposer local"),
            (["--decomposer", "vanilla", "--hints", "3"], "--hints means nothing to the decomposer vanilla"),
            (["--decomposer", "oracle-k"], "--steps N"), (["--model", "m"], "nothing here asks a language model"),
            (["--record", "calls"], "nothing here asks a language model"),
            (["--decomposer", "sad", "--record", "a", "--replay", "a"], "cannot be used together"),
            (["--decomposer", "sad", "--base-url", "ftp://x"], "--base-url"),
            (["--decomposer", "sad", "--convergence", "2"], "--convergence"),
            (["--decomposer", "sad", "--model", " "], "no language model is named"),
        ]
    )
    func refused(options: [String], words: String) async throws {
        var skillweaver = SkillWeaverCommand(home: try await IndexedHome.path())
        skillweaver.environment = ["OPENAI_BASE_URL": "http://127.0.0.1:9", "SKILLWEAVER_MODEL": "qwen"]
        let outcome = try await skillweaver.run(["decompose", Self.request] + options + ["--json"])
        #expect(outcome.code == 2)
        #expect(outcome.error?["message"]?.stringValue?.contains(words) == true, "\(outcome.errors)")
    }
}
