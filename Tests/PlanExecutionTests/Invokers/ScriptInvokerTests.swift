import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("An executable in scripts/")
struct ScriptInvokerTests {
    private static let anything = Tool(name: "run", description: "Runs.")
    private static let typed = Tool(name: "run", description: "Runs.", outputSchema: ["type": "object"])

    private func script(_ body: String) -> [String: String] { ["scripts/run": "#!/bin/sh\n\(body)\n"] }

    @Test("gets its arguments on standard input, and answers with JSON", arguments: ToolBench.modes)
    func echo(mode: SandboxMode) async throws {
        try await withTools(script("cat; echo said >&2"), tools: [Self.typed], sandbox: mode) { bench in
            let result = try await bench.call("run", ["a": [1, "é"]])
            #expect(result.value == ["a": [1, "é"]])
            #expect(result.remarks == ["said"])
        }
    }

    @Test("sees a small environment: the key, no secrets, no home", arguments: ToolBench.modes)
    func environment(mode: SandboxMode) async throws {
        let body = #"echo "\"$SKILLWEAVER_IDEMPOTENCY_KEY|$MY_TOKEN|$(pwd)\"""#
        try await withTools(
            script(body),
            tools: [Self.anything],
            sandbox: mode,
            environment: ["MY_TOKEN": "secret"]
        ) { bench in
            let value = try await bench.call("run", key: "k-7").value
            #expect(value == .string("k-7||\(bench.workspace.folder)"))
        }
    }

    @Test("may answer with a text where no result is declared")
    func text() async throws {
        try await withTools(script("echo plain words"), tools: [Self.anything]) { bench in
            let value = try await bench.call("run").value
            #expect(value == ["text": "plain words\n"])
        }
    }

    @Test(
        "is found with an extension, and run by its interpreter where it is not executable",
        arguments: ToolBench.modes
    )
    func extensions(mode: SandboxMode) async throws {
        let source = "#!/usr/bin/env python3\nimport json, sys\nprint(json.dumps({'got': json.load(sys.stdin)}))\n"
        try await withTools(["scripts/do-it.py": source], tools: [], sandbox: mode) { bench in
            let value = try await bench.call("do_it", ["x": 1]).value
            #expect(value == ["got": ["x": 1]])
        }
    }

    @Test("gives way to a function of tools.py of that name")
    func precedence() async throws {
        let files = [
            "scripts/run": "#!/bin/sh\necho '\"script\"'\n", "tools.py": "def run():\n    return 'function'\n",
        ]
        try await withTools(files) { bench in
            let value = try await bench.call("run").value
            #expect(value == "function")
        }
    }

    @Test(
        "that misbehaves is answered with a named failure",
        arguments: [
            ("echo no such file >&2; exit 66", ToolFailure.Kind.invalidInput, "file-not-found"),
            ("exit 2", .invalidInput, "invalid-arguments"), ("exit 75", .transient, "temporary"),
            ("exit 77", .policy, "permission-denied"), ("exit 1", .permanent, "tool-error"),
            ("kill -SEGV $$", .transient, "tool-crashed"), ("true", .permanent, "result-empty"),
            ("echo '{'", .permanent, "result-not-json"), ("printf '\\377'", .permanent, "result-not-utf8"),
            ("echo '[1]'", .permanent, "result-schema"), ("echo '{\"x\": NaN}'", .permanent, "result-not-json"),
            ("head -c 1000000000 /dev/zero", .permanent, "result-too-large"),
            ("trap '' TERM; while :; do sleep 1000; done", .transient, "timeout"),
            ("no-such-command-at-all", .permanent, "script-unusable"),
        ]
    )
    func misdeeds(body: String, kind: ToolFailure.Kind, code: String) async throws {
        for mode in ToolBench.modes {
            try await withTools(script(body), tools: [Self.typed], sandbox: mode) { bench in
                let deadline: Duration = code == "timeout" ? .milliseconds(300) : .seconds(60)
                let failure = try await bench.failure("run", limits: CallLimits(deadline: deadline))
                #expect(failure.kind == kind)
                #expect(failure.code == code)
            }
        }
    }

    @Test("outside of its skill is none of its scripts")
    func escape() async throws {
        try await withTools(["tools.py": "x = 1\n"]) { bench in
            try write("#!/bin/sh\necho 1\n", to: "\(bench.folder)/outside")
            let made = try await TestProgram.run(
                "sh",
                "-c",
                "chmod 755 \"$1\"; mkdir \"$2\"; ln -s \"$1\" \"$2/run\"",
                "sh",
                "\(bench.folder)/outside",
                "\(bench.folder)/skill/scripts"
            )
            #expect(made.isEmpty)
            let failure = try await bench.failure("run")
            #expect(failure.code == "no-function")
        }
    }
}
