import Glibc
import JSONSchema
import PlanExecution
import TestSupport
import Testing

/// What a tool may do wrong, and what its call must say.
struct Misdeed: Sendable, CustomTestStringConvertible {
    let name: String
    let body: String
    let kind: ToolFailure.Kind
    let code: String
    var effect = ToolFailure.Effect.none
    /// A text that the message must hold.
    var says = ""

    var testDescription: String { name }
}

@Suite("A Python tool that misbehaves")
struct NastyPythonToolTests {
    private static let misdeeds: [Misdeed] = [
        Misdeed(
            name: "NaN",
            body: "return {'x': float('nan')}",
            kind: .permanent,
            code: "result-not-json",
            says: "NaN"
        ),
        Misdeed(name: "infinity", body: "return [1e999]", kind: .permanent, code: "result-not-json", says: "Infinity"),
        Misdeed(name: "bytes", body: "return b'x'", kind: .permanent, code: "result-not-json", says: "decode"),
        Misdeed(name: "no JSON", body: "return object()", kind: .permanent, code: "result-not-json", says: "object"),
        Misdeed(
            name: "invalid UTF-8",
            body: "return b'\\xff'.decode('utf-8', 'surrogateescape')",
            kind: .permanent,
            code: "result-not-json",
            says: "Unicode"
        ),
        Misdeed(name: "a circle", body: "x = []; x.append(x); return x", kind: .permanent, code: "result-not-json"),
        Misdeed(
            name: "endless depth",
            body: "x = []\n    for i in range(600): x = [x]\n    return x",
            kind: .permanent,
            code: "result-too-deep"
        ),
        Misdeed(
            name: "a huge result",
            body: "return 'x' * 70_000_000",
            kind: .permanent,
            code: "result-too-large",
            says: "path"
        ),
        Misdeed(
            name: "ValueError",
            body: "raise ValueError('no such column: y')",
            kind: .invalidInput,
            code: "invalid-arguments",
            says: "column: y"
        ),
        Misdeed(name: "KeyError", body: "return {}['y']", kind: .invalidInput, code: "invalid-arguments", says: "'y'"),
        Misdeed(
            name: "FileNotFoundError",
            body: "open('absent.csv')",
            kind: .invalidInput,
            code: "file-not-found",
            says: "absent.csv"
        ),
        Misdeed(
            name: "PermissionError",
            body: "raise PermissionError('ask first')",
            kind: .policy,
            code: "permission-denied",
            says: "ask first"
        ),
        Misdeed(
            name: "a lost connection",
            body: "raise ConnectionResetError('gone')",
            kind: .transient,
            code: "connection",
            effect: .unknown
        ),
        Misdeed(
            name: "a refused connection",
            body: "raise ConnectionRefusedError('no')",
            kind: .transient,
            code: "connection"
        ),
        Misdeed(
            name: "TimeoutError",
            body: "raise TimeoutError('slow')",
            kind: .transient,
            code: "timeout",
            effect: .unknown
        ),
        Misdeed(
            name: "a busy server",
            body: "import urllib.error, email.message\n    m = email.message.Message(); m['Retry-After'] = '7'\n"
                + "    raise urllib.error.HTTPError('http://x', 503, 'busy', m, None)",
            kind: .transient,
            code: "http-503"
        ),
        Misdeed(
            name: "a missing package",
            body: "import no_such_package",
            kind: .permanent,
            code: "missing-package",
            says: "install"
        ),
        Misdeed(
            name: "any exception",
            body: "raise ArithmeticError('hm')",
            kind: .permanent,
            code: "tool-error",
            says: "ArithmeticError"
        ),
        Misdeed(
            name: "too much memory",
            body: "x = bytearray(3 << 30); return len(x)",
            kind: .permanent,
            code: "out-of-memory",
            effect: .unknown
        ),
        Misdeed(
            name: "sys.exit",
            body: "import sys; sys.exit(3)",
            kind: .permanent,
            code: "tool-exited",
            effect: .unknown,
            says: "3"
        ),
        Misdeed(
            name: "os._exit",
            body: "import os; os._exit(4)",
            kind: .permanent,
            code: "tool-exited",
            effect: .unknown,
            says: "4"
        ),
        Misdeed(
            name: "a signal",
            body: "import os; os.kill(os.getpid(), 11)",
            kind: .transient,
            code: "tool-crashed",
            effect: .unknown
        ),
        Misdeed(
            name: "garbage on the worker's own line",
            body:
                "import os\n    for d in range(3, 20):\n        try: os.write(d, b'garbage\\n')\n        except OSError: pass",
            kind: .permanent,
            code: "worker-protocol",
            effect: .unknown
        ),
        Misdeed(name: "wrong arguments", body: "pass", kind: .invalidInput, code: "invalid-arguments"),
    ]

    @Test("is answered with a named failure, and the next call works", arguments: misdeeds, ToolBench.modes)
    private func misdeed(_ misdeed: Misdeed, mode: SandboxMode) async throws {
        let source = "def bad(*, unused=None):\n    \(misdeed.body)\n\ndef fine():\n    return 'fine'\n"
        try await withTools(["tools.py": source], sandbox: mode) { bench in
            let arguments: JSONObject = misdeed.name == "wrong arguments" ? ["unknown": 1] : [:]
            let failure = try await bench.failure("bad", arguments)
            #expect(failure.kind == misdeed.kind)
            #expect(failure.code == misdeed.code)
            #expect(failure.effect == misdeed.effect)
            #expect(misdeed.says.isEmpty || failure.message.contains(misdeed.says), "\(failure.message)")
            #expect(!failure.message.contains(bench.folder))
            let next = try await bench.call("fine").value
            #expect(next == "fine")
        }
    }

    @Test("and whose server says how long to wait passes that on")
    func retryAfter() async throws {
        let source = "class Busy(ConnectionError):\n    retry_after = 7\n\ndef bad():\n    raise Busy('busy')\n"
        try await withTools(["tools.py": source]) { bench in
            let failure = try await bench.failure("bad")
            #expect(failure.retryAfter == .seconds(7))
        }
    }

    @Test("by hanging is stopped at its deadline, whatever signals it ignores", arguments: ToolBench.modes)
    func hang(mode: SandboxMode) async throws {
        let source = """
            import os, signal, time
            def bad():
                for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
                while True: time.sleep(1000)
            """
        try await withTools(["tools.py": source], sandbox: mode) { bench in
            let failure = try await bench.failure("bad", limits: CallLimits(deadline: .milliseconds(300)))
            #expect(failure.kind == .transient && failure.code == "timeout" && failure.effect == .unknown)
        }
    }

    @Test("by printing a gigabyte costs neither memory nor the result", arguments: ToolBench.modes)
    func gigabyte(mode: SandboxMode) async throws {
        let source = """
            import os
            def bad():
                block = b"x" * (1 << 20)
                for _ in range(1024): os.write(1, block)
                print("\\nthe end")
                return 1
            """
        try await withTools(["tools.py": source], sandbox: mode) { bench in
            let result = try await bench.call("bad")
            #expect(result.value == 1)
            #expect(result.remarks.last == "the end")
            #expect(result.remarks.reduce(0) { $0 + $1.utf8.count } < 20_000)
        }
    }

    @Test("by forking answers once, and leaves nothing behind", arguments: ToolBench.modes)
    func fork(mode: SandboxMode) async throws {
        let source = """
            import os, time
            def bad():
                os.fork()
                return os.getpid() > 0
            def fine(): return 2
            """
        try await withTools(["tools.py": source], sandbox: mode) { bench in
            let first = try await bench.call("bad").value
            let second = try await bench.call("fine").value
            #expect(first == true && second == 2)
        }
    }

    @Test("by ending its worker again and again is not started for ever")
    func crashLoop() async throws {
        let source = "import os\ndef bad(): os._exit(1)\n"
        try await withTools(["tools.py": source], python: PythonSettings(maximumCrashes: 3)) { bench in
            for _ in 0..<3 {
                let failure = try await bench.failure("bad")
                #expect(failure.code == "tool-exited")
            }
            let refused = try await bench.failure("bad")
            #expect(refused.code == "worker-unstable" && refused.kind == .permanent && refused.effect == .none)
        }
    }

    @Test(
        "when it is imported says so",
        arguments: [
            ("def bad(:", "tools-unusable"), ("import nothing_of_that_name", "missing-package"),
            ("import sys; sys.exit(1)", "tools-unusable"), ("1 / 0", "tools-unusable"), ("x = 1", "no-function"),
        ]
    )
    func importing(source: String, code: String) async throws {
        try await withTools(["tools.py": source]) { bench in
            let failure = try await bench.failure("bad")
            #expect(failure.code == code && failure.kind == .permanent)
        }
    }
}
