import JSONSchema
import ModelContextProtocol
import PlanExecution
import SkillCatalog
import TestSupport
import Testing
import ToolConnectors

@Suite("Calls of MCP servers' tools", .serialized)
struct MCPInvokerTests {
    /// A call of the first tool of that name, through the skills a source makes.
    private func call(
        _ tool: String,
        _ arguments: JSONObject,
        mode: [String],
        settings: MCPServerSettings = MCPServerSettings(
            isTrusted: true,
            startTimeout: .seconds(20),
            callTimeout: .seconds(20)
        ),
        deadline: Duration = .seconds(20)
    ) async throws -> Result<ToolResult, ToolFailure> {
        try await ServerFixture.with([ServerFixture.configuration("s", mode, settings: settings)]) { pool in
            let pins = try MCPToolPins(file: nil)
            let (skills, remarks) = try await ServerFixture.read(ServerFixture.source(pool, pins))
            let skill = try #require(skills.first { $0.tool(named: tool) != nil }, "\(remarks)")
            let invoker = MCPInvoker(pool: pool, pins: pins)
            let found = try #require(skill.tool(named: tool))
            #expect(invoker.canInvoke(found, of: skill))
            var limits = CallLimits()
            limits.deadline = deadline
            let call = ToolCall(skill: skill, tool: found, arguments: arguments, idempotencyKey: "k", limits: limits)
            do throws(ToolFailure) { return .success(try await invoker.invoke(call)) } catch { return .failure(error) }
        }
    }

    @Test("bring the result of a healthy server, as data or as text")
    func healthy() async throws {
        let result = try await call("echo", ["text": "hello"], mode: ["healthy"]).get()
        #expect(result.value.serialized().contains("hello"))
    }

    @Test(
        "fail by a server's faults with what recovery needs to know",
        arguments: [
            ("mute", ToolFailure.Kind.transient, "timeout", ToolFailure.Effect.unknown),
            ("dies", .transient, "connection-lost", .unknown), ("killed", .transient, "connection-lost", .unknown),
            ("malformed", .transient, "timeout", .unknown),
        ]
    )
    func faults(_ mode: String, _ kind: ToolFailure.Kind, _ code: String, _ effect: ToolFailure.Effect) async throws {
        let outcome = try await call("work", [:], mode: [mode], deadline: .seconds(3))
        guard case .failure(let failure) = outcome else { return #expect(Bool(false), "\(outcome)") }
        // Lines that cannot be read as a message, but can be told apart, end their call at once.
        #expect(failure.kind == kind || failure.code == "protocol", "\(failure)")
        #expect(failure.code == code || failure.code == "protocol", "\(failure)")
        #expect(failure.effect == effect)
    }

    @Test("take no more than the server's limit of output")
    func huge() async throws {
        var settings = MCPServerSettings(startTimeout: .seconds(20), callTimeout: .seconds(20))
        settings.outputLimit = 1 << 20
        let outcome = try await call("work", [:], mode: ["huge", "--size", "8000000"], settings: settings)
        guard case .failure(let failure) = outcome else { return #expect(Bool(false), "a result") }
        #expect(failure.code == "result-too-large")
    }

    @Test("are refused where a tool's definition changed, until a person accepts it")
    func rugPull() async throws {
        try await withTemporaryFolder { folder in
            let server = ServerFixture.configuration("s", ["rug-pull", "--state", "\(folder)/starts"])
            let pins = try MCPToolPins(file: "\(folder)/accepted.json")
            try await ServerFixture.with([server]) { pool in
                let (first, _) = try await ServerFixture.read(ServerFixture.source(pool, pins))
                #expect(!first.isEmpty)
            }
            try await ServerFixture.with([server]) { pool in
                let (skills, remarks) = try await ServerFixture.read(ServerFixture.source(pool, pins))
                #expect(remarks.contains { $0.contains("has changed") })
                let skill = try #require(skills.first)
                let tool = try #require(skill.tool(named: "work"))
                let invoker = MCPInvoker(pool: pool, pins: pins)
                let call = ToolCall(skill: skill, tool: tool, arguments: [:], idempotencyKey: "k")
                let refused = await #expect(throws: ToolFailure.self) { try await invoker.invoke(call) }
                #expect(refused?.kind == .policy)
                #expect(refused?.code == "definition-changed")
                #expect(try pins.accept(nil, of: "s") == ["work"])
                _ = try await invoker.invoke(call)
            }
        }
    }

    @Test("believe nothing a server says of its tools' effects, unless it is trusted")
    func annotations() async throws {
        for isTrusted in [false, true] {
            var settings = MCPServerSettings(startTimeout: .seconds(20))
            settings.isTrusted = isTrusted
            try await ServerFixture.with([ServerFixture.configuration("s", ["lies"], settings: settings)]) { pool in
                let (skills, _) = try await ServerFixture.read(ServerFixture.source(pool, try MCPToolPins(file: nil)))
                let declared = skills.flatMap(\.tools).contains { $0.annotations != SkillCatalog.ToolAnnotations() }
                #expect(declared == isTrusted)
            }
        }
    }

    @Test("know hostile names by names that fit, and never two by one")
    func names() async throws {
        try await ServerFixture.with([ServerFixture.configuration("s", ["names"])]) { pool in
            let (skills, remarks) = try await ServerFixture.read(ServerFixture.source(pool, try MCPToolPins(file: nil)))
            let names = skills.flatMap(\.tools).map(\.name)
            #expect(!names.isEmpty)
            #expect(Set(names).count == names.count)
            for name in names {
                #expect(name.utf8.count <= 64)
                #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
            }
            for text in remarks + skills.map(\.description) + skills.flatMap(\.tools).map(\.description) {
                #expect(
                    !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" },
                    "\(text.prefix(80))"
                )
            }
        }
    }

    @Test("are found by what a server listed last where it does not start any more")
    func remembered() async throws {
        try await withTemporaryFolder { folder in
            let pins = try MCPToolPins(file: nil)
            let state = "\(folder)/program.py"
            let run =
                "import os, runpy, sys\nprogram = '\(ServerFixture.program)'\nsys.path.insert(0, os.path.dirname(program))\n"
            try write(
                run + "sys.argv = [program, 'healthy']\nrunpy.run_path(program, run_name='__main__')\n",
                to: state
            )
            var server = ServerFixture.configuration("s", [])
            server.transport = .stdio(.init(command: "python3", arguments: [state]))
            try await ServerFixture.with([server]) { pool in
                let source = ServerFixture.source(pool, pins, folder: "\(folder)/listings", asking: .unknown)
                let (skills, _) = try await ServerFixture.read(source)
                #expect(!skills.isEmpty)
                // It was started only to be asked.
                #expect(await pool.connection("s")?.health.phase == .idle)
            }
            try write("raise SystemExit('broken by an update')\n", to: state)
            try await ServerFixture.with([server]) { pool in
                let known = ServerFixture.source(pool, pins, folder: "\(folder)/listings", asking: .unknown)
                #expect(try await ServerFixture.read(known).skills.isEmpty == false)
                #expect(await pool.connection("s")?.health.starts == 0)
                let asked = ServerFixture.source(pool, pins, folder: "\(folder)/listings", asking: .all)
                let (skills, remarks) = try await ServerFixture.read(asked)
                #expect(!skills.isEmpty)
                #expect(remarks.contains { $0.contains("broken by an update") })
            }
        }
    }
}
