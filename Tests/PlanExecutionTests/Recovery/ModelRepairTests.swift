import JSONSchema
import LanguageModels
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

@Suite("Arguments that a tool refuses, and a language model")
struct ModelRepairTests {
    private typealias H = RunHarness

    private static let dated: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": ["day": ["type": "string"], "note": ["type": "string"]], "required": ["day"],
    ]

    /// A tool that takes days of one form only.
    private func harness(_ model: ScriptedChatModel?, schema: JSONValue = dated) -> H {
        var harness = H(tools: [H.tool("book", input: schema), H.tool("other", input: Self.dated)])
        harness.counsel = RunCounsel(repair: model.map { ModelRepair(model: $0) })
        harness.tools.on("book") { call, _ in
            guard call.arguments["day"]?.stringValue == "2026-03-01" else {
                throw ToolFailure(.invalidInput, code: "invalid-arguments", "day must look like 2026-03-01")
            }
            return .object(call.arguments)
        }
        return harness
    }

    private static let arguments: JSONObject = ["day": "1 March 2026", "note": "lunch"]

    @Test("It is asked once, with the schema, the error and the sub-task, and its answer is called with")
    func repaired() async throws {
        let model = ScriptedChatModel(name: "m", replies: [#"Sure: {"day": "2026-03-01", "note": "lunch"}"#])
        let harness = harness(model)
        let state = try await harness.run([H.step("s1", "book", arguments: Self.arguments)])
        #expect(state.outcome == .succeeded)
        #expect(state.result("s1") == ["day": "2026-03-01", "note": "lunch"])
        let requests = await model.requests
        let text = requests.map { $0.messages.map(\.content).joined() }.joined()
        #expect(requests.count == 1)
        for part in ["do s1", "day must look like", #""additionalProperties":false"#, "1 March 2026"] {
            #expect(text.contains(part))
        }
        let changes = try await harness.transitions().compactMap { transition in
            if case .repaired(_, let change) = transition { change } else { nil }
        }
        #expect(changes.map(\.author) == ["m"])
        #expect(changes.first?.changes == ["day changed"])
        let report = try await RunReport.of("run-1", in: harness.store)
        #expect(report.text.contains("arguments repaired (m): day changed"))
    }

    @Test(
        "What it says is not used where it is of no use; the next candidate is tried",
        arguments: [
            (ScriptedReply.text("I cannot help"), "holds no arguments"),
            (.text(#"{"note": "lunch"}"#), "do not fit either"),
            (.text(#"{"day": "2026-03-01", "more": 1}"#), "do not fit either"),
            (.text(#"{"day": "1 March 2026", "note": "lunch"}"#), "would change nothing"),
            (.failure(ChatModelError(.unreachable, model: "m", detail: "is down")), "could not be asked"),
        ]
    )
    func useless(reply: ScriptedReply, why: String) async throws {
        let harness = harness(ScriptedChatModel(name: "m", replies: [reply]))
        let state = try await harness.run([
            H.step("s1", "book", arguments: Self.arguments, candidates: ["book", "other"])
        ])
        #expect(state.outcome == .succeeded)
        #expect(harness.tools.calls.map(\.tool.name) == ["book", "other"])
        let report = try await RunReport.of("run-1", in: harness.store)
        #expect(report.text.contains("m knows no better arguments: ") && report.text.contains(why))
    }

    @Test("One that is wrong again is not asked again")
    func once() async throws {
        let model = ScriptedChatModel(name: "m", replies: [#"{"day": "2026-3-1"}"#, #"{"day": "2026-03-01"}"#])
        let state = try await harness(model).run([H.step("s1", "book", arguments: Self.arguments)])
        #expect(state.outcome == .failed)
        #expect(await model.requests.count == 1)
    }

    @Test("It is never asked about what is not allowed", arguments: [ToolFailure.Kind.policy, .permanent])
    func notAsked(kind: ToolFailure.Kind) async throws {
        let model = ScriptedChatModel(replies: [])
        let harness = harness(model)
        harness.tools.on("book") { _, _ in throw ToolFailure(kind, code: "no", "not so") }
        let state = try await harness.run([H.step("s1", "book", arguments: Self.arguments)])
        #expect(state.outcome == .failed)
        #expect(await model.requests.isEmpty)
    }

    @Test("It sees no value that comes from a private source, and can still say where it belongs")
    func privateValues() async throws {
        let secret = "meet at the old mill"
        let model = ScriptedChatModel { request in
            let text = request.messages.map(\.content).joined()
            #expect(!text.contains(secret))
            return #"{"day": "2026-03-01", "note": {"$private": "note"}}"#
        }
        var harness = harness(model)
        harness.definitions[0].tools.append(
            Tool(name: "read_inbox", description: "Read the mail", annotations: ToolAnnotations(readOnlyHint: true))
        )
        harness.tools.on("read_inbox") { _, _ in ["text": .string(secret)] }
        harness.tools.on("book") { call, _ in
            guard call.arguments["day"] == "2026-03-01" else {
                throw ToolFailure(.invalidInput, code: "day", "wrong day for '\(secret)'")
            }
            return .object(call.arguments)
        }
        let state = try await harness.run([
            H.step("s1", "read_inbox"),
            H.step(
                "s2",
                "book",
                after: ["s1"],
                arguments: ["day": "1 March 2026", "note": ["$from": "s1", "path": "/text"]]
            ),
        ])
        #expect(state.result("s2") == ["day": "2026-03-01", "note": .string(secret)])
    }
}
