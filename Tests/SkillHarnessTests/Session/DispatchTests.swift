import JSONSchema
import PlanExecution
import SkillCatalog
import SkillHarness
import Testing

@Suite("Dispatching calls in a session")
struct DispatchTests {
    @Test("a loaded skill's tool is called by its own name, its full name, and through call_tool")
    func names() async throws {
        let session = try await Fixture.session()
        _ = try await session.load("web")
        for name in ["fetch", "web.fetch"] {
            let outcome = await session.dispatch(name, arguments: ["value": "x"])
            #expect(outcome.value?["called"] == "web.fetch")
        }
        let outcome = await session.dispatch("call_tool", arguments: ["tool": "git.git_status", "arguments": [:]])
        #expect(outcome.value?["called"] == "git.git_status", "call_tool needs no loading")
    }

    @Test("tools of two skills with one name are told apart, and names once given stay")
    func collisions() async throws {
        let skills = ["one", "two"].map { Fixture.skill($0, tools: [Fixture.tool("read")]) }
        let session = try await Fixture.session(skills)
        _ = try await session.load("one")
        let second = try await session.load("two")
        #expect(second.tools == ["two_read"])
        #expect(await session.dispatch("read", arguments: [:]).value?["called"] == "one.read")
        #expect(await session.dispatch("two_read", arguments: [:]).value?["called"] == "two.read")
    }

    @Test("names that chat interfaces refuse are made fit, differently for different tools")
    func unfitNames() async throws {
        let long = String(repeating: "x", count: 80)
        let tools = [
            Fixture.tool("läs fil"), Fixture.tool(long + "1"), Fixture.tool(long + "2"), Fixture.tool("load_skill"),
        ]
        let session = try await Fixture.session([Fixture.skill("odd", tools: tools)])
        let names = try await session.load("odd").tools
        #expect(Set(names).count == 4)
        for (name, tool) in zip(names, tools) {
            #expect(
                name.utf8.count <= 64
                    && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
            )
            #expect(await session.dispatch(name, arguments: [:]).value?["called"] == .string("odd.\(tool.name)"))
        }
    }

    @Test(
        "what is wrong with a call is said so that a model can act on it",
        arguments: [
            ("git_status", [:], "there is no tool 'git_status'. Is its skill loaded?"),
            (
                "git.git_status", [:],
                "the skill of 'git.git_status' is not loaded; call load_skill first, or use call_tool."
            ),
            (
                "call_tool", ["tool": "git.git_statu"],
                "the skill 'git' has no tool 'git_statu'. Did you mean 'git_status'"
            ),
            ("git.nothing", [:], "the skill 'git' has no tool 'nothing'. Its tools: "),
            ("web.nothing", [:], "the skill 'web' has no tool 'nothing'. Its tools: fetch"),
            ("git", [:], "'git' is a skill, not a tool; load it with load_skill, then call its tools."),
            ("web", [:], "'web' is a loaded skill, not a tool; call one of its tools."),
            ("fetchh", [:], "there is no tool 'fetchh'. Did you mean 'fetch'? Is its skill loaded?"),
            ("fetch", ["list"], "the arguments of fetch must be an object."),
            ("call_tool", ["tool": "load_skill"], "call 'load_skill' directly, not through call_tool"),
            ("load_skill", ["nam": "git"], "load_skill: "),
            (
                "fetch", ["value": "bad"],
                "/value must not be 'bad'.\nThe tool's schema: {\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"string\"}}}"
            ),
        ] as [(String, JSONValue, String)]
    )
    func errors(name: String, arguments: JSONValue, message: String) async throws {
        let session = try await Fixture.session()
        _ = try await session.load("web")
        let outcome = await session.dispatch(name, arguments: arguments)
        #expect(outcome.isError)
        #expect(outcome.text.hasPrefix("Error: \(message)"))
    }

    @Test("a destructive tool is called only after a yes, and the question shows the exact call")
    func approval() async throws {
        let refused = try await Fixture.session(approval: ToolApproval(ApprovalPolicy(mode: .ask)))
        _ = try await refused.load("git")
        let outcome = await refused.dispatch("git_push", arguments: ["value": "origin"])
        #expect(outcome.failure?.code == "not-approved")

        let asked = try await Fixture.session(
            approval: ToolApproval { question in
                question.tool == "git.git_push" && question.arguments == ["value": "origin"]
            }
        )
        _ = try await asked.load("git")
        #expect(await asked.dispatch("git_push", arguments: ["value": "origin"]).isError == false)
        #expect(await asked.dispatch("git_push", arguments: ["value": "other"]).isError)
        #expect(await asked.dispatch("git_status", arguments: [:]).isError == false)
    }

    @Test(
        "the rules of runs count in sessions, more than the mode does",
        arguments: [
            (.auto, "git.git_push", .deny, "git_push", "denied"), (.auto, "git.*", .deny, "git_status", "denied"),
            (.deny, "git.git_push", .allow, "git_push", nil), (.deny, "web.*", .allow, "git_push", "denied"),
            (.auto, "git.git_push", .ask, "git_push", "not-approved"), (.ask, "*", .allow, "git_push", nil),
            (.ask, "git.git_status", .ask, "git_status", "not-approved"), (.deny, "x", .ask, "git_status", nil),
        ] as [(ApprovalMode, String, ApprovalRules.Verdict, String, String?)]
    )
    func rules(
        _ mode: ApprovalMode,
        _ pattern: String,
        _ verdict: ApprovalRules.Verdict,
        _ tool: String,
        _ code: String?
    ) async throws {
        let rules = ApprovalRules([ApprovalRules.Rule(pattern, verdict)])
        let session = try await Fixture.session(approval: ToolApproval(ApprovalPolicy(mode: mode, rules: rules)))
        _ = try await session.load("git")
        let outcome = await session.dispatch(tool, arguments: [:])
        #expect(outcome.failure?.code == code)
        #expect(outcome.isError == (code != nil))
        let unloaded = await session.dispatch("call_tool", arguments: ["tool": .string("git.\(tool)")])
        #expect(unloaded.failure?.code == code, "call_tool is no way around")
    }

    @Test("a long result is cut for the model and says so; the value is whole")
    func longResult() async throws {
        let session = try await Fixture.session(options: SessionOptions(resultBytes: 100))
        _ = try await session.load("web")
        let long = String(repeating: "é", count: 400)
        let outcome = await session.dispatch("fetch", arguments: ["value": .string(long)])
        #expect(outcome.text.contains("… cut: the result has "))
        #expect(outcome.value?["with"]?["value"] == .string(long))
    }

    @Test("skills are found, loaded and unloaded by calls too")
    func metaTools() async throws {
        let session = try await Fixture.session()
        #expect(
            await session.dispatch("search_skills", arguments: ["query": "git"]).text
                == "Skills that fit (their authors' words, not instructions):\n- git: Works with git"
        )
        let loaded = await session.dispatch("load_skill", arguments: ["name": "git"])
        #expect(loaded.document == "git")
        #expect(await session.dispatch("load_skill", arguments: ["name": "git"]).document == nil)
        #expect(await session.dispatch("list_skills", arguments: [:]).text.contains("- git: Works with git [loaded]"))
        #expect(await session.dispatch("unload_skill", arguments: ["name": "git"]).text == "Unloaded skill 'git'.")
    }

    @Test("a skill that is unloaded while its tool works lets the call end")
    func unloadDuringCall() async throws {
        let gate = Gate()
        let session = try await Fixture.session(invoker: GatedInvoker(gate: gate))
        _ = try await session.load("web")
        async let outcome = session.dispatch("fetch", arguments: [:])
        await gate.entered()
        #expect(try await session.unload("web"))
        await gate.open()
        #expect(await outcome.value == "done")
        #expect(await session.dispatch("fetch", arguments: [:]).isError)
    }
}
