import Glibc
import JSONSchema
import PlanExecution
import SkillCatalog
import Subprocesses
import TestSupport
import Testing

@Suite("Functions of tools.py")
struct PythonInvokerTests {
    private static let functions = """
        import asyncio, dataclasses, os, sys
        from pathlib import Path
        from helper import twice

        @dataclasses.dataclass
        class Point:
            x: int
            where: Path

        calls = 0
        identity = os.urandom(8).hex()

        def double(value: int) -> int:
            return twice(value)

        async def later(value: int) -> dict:
            await asyncio.sleep(0)
            return {"value": value}

        def rich() -> dict:
            return {"point": Point(1, Path("a/b")), "set": {3, 1, 2}, "text": "é\\u2028"}

        def chatty() -> str:
            print("to standard output")
            print("to standard error", file=sys.stderr)
            os.write(1, b"not \\xff text\\n")
            return "quiet"

        def count() -> int:
            global calls
            calls += 1
            return calls

        def keys(idempotency_key: str = "") -> list:
            return [idempotency_key, os.environ["SKILLWEAVER_IDEMPOTENCY_KEY"]]

        def place() -> list:
            Path("made.txt").write_text("hello")
            return [os.getcwd(), __file__]

        def echo(**arguments):
            return arguments

        def process() -> str:
            return identity

        def meet(name: str, other: str) -> str:
            os.mkfifo(name) if not os.path.exists(name) else None
            Path(name + ".here").touch()
            while not os.path.exists(other + ".here"):
                pass
            return identity

        def secret() -> list:
            return sorted(name for name in os.environ if "TOKEN" in name)
        """

    private static let files = ["tools.py": functions, "helper.py": "def twice(value):\n    return value * 2\n"]

    @Test("are called with keyword arguments, and return JSON", arguments: ToolBench.modes)
    func results(mode: SandboxMode) async throws {
        try await withTools(Self.files, sandbox: mode) { bench in
            let doubled = try await bench.call("double", ["value": 21]).value
            #expect(doubled == 42)
            let later = try await bench.call("later", ["value": 1]).value
            #expect(later == ["value": 1])
            let rich = try await bench.call("rich").value
            #expect(rich == ["point": ["x": 1, "where": "a/b"], "set": [1, 2, 3], "text": "é\u{2028}"])
            let odd: JSONObject = ["text": "line\nbreak \u{0} \u{1F600}", "nested": ["a": [nil, true, 1.5]]]
            let echoed = try await bench.call("echo", odd).value
            #expect(echoed == .object(odd))
        }
    }

    @Test("may print: it becomes remarks and disturbs nothing", arguments: ToolBench.modes)
    func prints(mode: SandboxMode) async throws {
        try await withTools(Self.files, sandbox: mode) { bench in
            let result = try await bench.call("chatty")
            #expect(result.value == "quiet")
            #expect(result.remarks == ["to standard output", "to standard error", "not \u{FFFD} text"])
            let next = try await bench.call("double", ["value": 1])
            #expect(next.remarks.isEmpty)
        }
    }

    @Test("stay loaded between calls, in one process")
    func staysLoaded() async throws {
        try await withTools(Self.files) { bench in
            for expected in 1...3 {
                let count = try await bench.call("count").value
                #expect(count == JSONValue(expected))
            }
        }
    }

    @Test("get the idempotency key as a keyword and as a variable")
    func idempotencyKey() async throws {
        try await withTools(Self.files) { bench in
            for key in ["run-1/s1", "run-1/s2"] {
                let keys = try await bench.call("keys", key: key).value
                #expect(keys == [.string(key), .string(key)])
            }
        }
    }

    @Test("work in the workspace", arguments: ToolBench.modes)
    func workspace(mode: SandboxMode) async throws {
        try await withTools(Self.files, sandbox: mode) { bench in
            let place = try await bench.call("place").value
            #expect(place == [.string(bench.workspace.folder), .string("\(bench.folder)/skill/tools.py")])
            let written = try text(of: "\(bench.workspace.folder)/made.txt")
            #expect(written == "hello")
        }
    }

    @Test("called at the same time work side by side, and one after the other where the skill says so")
    func concurrency() async throws {
        try await withTools(Self.files) { bench in
            async let first = bench.call("meet", ["name": "a", "other": "b"]).value
            async let second = bench.call("meet", ["name": "b", "other": "a"]).value
            let (one, two) = try await (first, second)
            #expect(one != two)
        }
        try await withTools(Self.files, metadata: ["workers": "1"]) { bench in
            let processes = try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for _ in 0..<12 { group.addTask { try await bench.call("process").value } }
                return try await group.reduce(into: Set<JSONValue>()) { $0.insert($1) }
            }
            #expect(processes.count == 1)
        }
    }

    @Test("see a variable of the host only by a grant", arguments: ToolBench.modes)
    func environment(mode: SandboxMode) async throws {
        let variables = ["ONE_TOKEN": "first-secret", "OTHER_TOKEN": "second-secret"]
        try await withTools(
            Self.files,
            grant: SkillGrant(environment: ["ONE_TOKEN"]),
            sandbox: mode,
            environment: variables
        ) { bench in
            let names = try await bench.call("secret").value
            #expect(names == ["ONE_TOKEN"])
        }
    }

    @Test("of a cancelled call are stopped, and the call says that it was cancelled", arguments: ToolBench.modes)
    func cancellation(mode: SandboxMode) async throws {
        let source = """
            import os, time
            def hang():
                open("fifo", "w").write("up")
                while True: time.sleep(1000)
            def fine(): return 1
            """
        try await withTools(["tools.py": source], sandbox: mode) { bench in
            let fifo = "\(bench.workspace.folder)/fifo"
            #expect(mkfifo(fifo, 0o600) == 0)
            let task = Task { try await bench.call("hang") }
            let said = try await Subprocess(executable: "cat", arguments: [fifo]).run().outputText
            #expect(said == "up")
            task.cancel()
            let failure = await #expect(throws: ToolFailure.self) { _ = try await task.value }
            #expect(failure?.kind == .cancelled && failure?.effect == .unknown)
            let next = try await bench.call("fine").value
            #expect(next == 1)
        }
    }

    @Test("are known by their file")
    func knowledge() async throws {
        try await withTools(Self.files) { bench in
            #expect(bench.invoker.canInvoke(.init(name: "double", description: ""), of: bench.skill))
            var other = bench.skill
            other.origin.folder = bench.workspace.folder
            #expect(!bench.invoker.canInvoke(.init(name: "double", description: ""), of: other))
        }
    }
}
