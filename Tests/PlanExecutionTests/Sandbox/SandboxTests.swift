import FoundationEssentials
import Glibc
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("The sandbox", .enabled(if: InstalledProgram.exists("bwrap"), ToolBench.sandboxAbsence))
struct SandboxTests {
    static let source = """
        import os, socket, subprocess, sys, time
        from pathlib import Path

        def read(path): return Path(path).read_text()
        def exists(path): return os.path.exists(os.path.expanduser(path))
        def write(path, text="x"): return Path(path).write_text(text)
        def connect(host, port):
            with socket.create_connection((host, port), 5) as way: return str(way.getpeername())
        def raw_connect(host, port):
            import ctypes, struct
            s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            address = struct.pack("=H", 2) + struct.pack("!H", port) + socket.inet_aton(host) + bytes(8)
            code = ctypes.CDLL(None, use_errno=True).connect(s.fileno(), address, 16)
            return [code, ctypes.get_errno()]
        def processes(): return sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
        def signal(process):
            os.kill(process, 9)
        def fill(path):
            with open(path, "wb") as file:
                for _ in range(4096): file.write(bytes(1 << 20))
        def rights():
            return [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff")]
        def daemon():
            read, write = os.pipe()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    held = os.open("fifo", os.O_WRONLY)
                    os.write(write, b"x")
                    for d in range(3):
                        os.close(d)
                    while True: time.sleep(1000)
                os._exit(0)
            os.read(read, 1)
            return True
        """

    private func bench(
        grant: SkillGrant = SkillGrant(),
        _ body: @Sendable (ToolBench) async throws -> Void
    ) async throws {
        try await withTools(["tools.py": Self.source], grant: grant, sandbox: .required, body)
    }

    @Test(
        "has no home folder and no files of the host",
        arguments: ["~/.ssh", "/root/.ssh", "/root/.bashrc", "/home", "/etc/shadow", "/etc/passwd", "/var/log"]
    )
    func hidden(path: String) async throws {
        try await bench { bench in
            let exists = try await bench.call("exists", ["path": .string(path)]).value
            #expect(exists == false)
        }
    }

    @Test(
        "has a name of its own and a table of names that knows this machine alone; with the host's network, the host's"
    )
    func names() async throws {
        try await bench { bench in
            let name = try await bench.call("read", ["path": "/etc/hostname"]).value
            #expect(name == "sandbox\n")
            let hosts = try #require(try await bench.call("read", ["path": "/etc/hosts"]).value.stringValue)
            #expect(hosts.split(separator: "\n").map { $0.split(separator: " ").first } == ["127.0.0.1", "::1"])
            #expect(hosts.contains("localhost") && hosts.contains("sandbox"))
            await #expect(throws: ToolFailure.self, "it cannot be changed") {
                _ = try await bench.call("write", ["path": "/etc/hosts"])
            }
        }
        let own = try text(of: "/etc/hosts")
        try await bench(grant: SkillGrant(network: [.any])) { bench in
            let hosts = try await bench.call("read", ["path": "/etc/hosts"]).value
            #expect(hosts == .string(own))
        }
    }

    @Test(
        "an interpreter of an environment behind a link is found in its real folder",
        .enabled(if: access("/usr/bin/python3", X_OK) == 0)
    )
    func linkedEnvironment() async throws {
        try await withTemporaryFolder { folder in
            try write("home = /usr/bin\n", to: "\(folder)/real/pyvenv.cfg")
            try write("", to: "\(folder)/real/bin/.keep")
            #expect(symlink("/usr/bin/python3", "\(folder)/real/bin/python3") == 0)
            #expect(symlink("real", "\(folder)/linked") == 0)
            let settings = PythonSettings { _ in "\(folder)/linked/bin/python3" }
            let tools = "import os, sys\ndef where():\n    return sys.executable\n"
            try await withTools(["tools.py": tools], sandbox: .required, python: settings) { bench in
                let place = try await bench.call("where").value.stringValue
                #expect(place?.hasSuffix("/real/bin/python3") == true)
            }
        }
    }

    @Test(
        "refuses to read a hidden file and to write outside of the workspace, and names the failure",
        arguments: [
            ("read", "/root/.ssh/id_ed25519", "path-not-granted"),
            ("read", "/home/someone/.ssh/config", "path-not-granted"),
            ("write", "/etc/evil", "path-not-granted"), ("write", "/usr/evil", "path-not-granted"),
            ("write", "/evil", "path-not-granted"), ("write", "/proc/sys/vm/swappiness", "path-not-granted"),
            ("write", "../skill/tools.py", "path-not-granted"),
            ("read", "absent.txt", "file-not-found"),
        ]
    )
    func paths(tool: String, path: String, code: String) async throws {
        try await bench { bench in
            let failure = try await bench.failure(tool, ["path": .string(path)])
            #expect(failure.code == code)
            #expect(failure.kind == (code == "file-not-found" ? .invalidInput : .policy))
        }
    }

    @Test("shows a granted path, for reading or for writing")
    func grantedPaths() async throws {
        try await withTemporaryFolder { folder in
            for name in ["read", "write"] { try write("hello", to: "\(folder)/\(name)/file") }
            let grant = SkillGrant(readablePaths: ["\(folder)/read"], writablePaths: ["\(folder)/write"])
            try await bench(grant: grant) { bench in
                let read = try await bench.call("read", ["path": .string("\(folder)/read/file")]).value
                #expect(read == "hello")
                let refused = try await bench.failure("write", ["path": .string("\(folder)/read/file")])
                #expect(refused.code == "path-not-granted")
                _ = try await bench.call("write", ["path": .string("\(folder)/write/new"), "text": "made"])
            }
            let made = try text(of: "\(folder)/write/new")
            #expect(made == "made")
        }
    }

    @Test("has no network, even for code that does not ask Python for it")
    func noNetwork() async throws {
        try await withScriptedServer(["*": [.whole("{}")]]) { server in
            try await bench { bench in
                let place: JSONObject = ["host": "127.0.0.1", "port": JSONValue(server.port)]
                let failure = try await bench.failure("connect", place)
                #expect(failure.kind == .policy && failure.code == "network-not-granted")
                #expect(failure.message.contains("\"127.0.0.1:\(server.port)\""))
                let raw = try await bench.call("raw_connect", place).value
                #expect(raw != [0, 0])
            }
            let requests = try server.requests()
            #expect(requests.isEmpty)
        }
    }

    @Test("sees no process but its own, and has no rights over others")
    func processes() async throws {
        try await bench { bench in
            let seen = try await bench.call("processes").value.arrayValue ?? []
            #expect(seen.count <= 4)
            let failure = try await bench.failure("signal", ["process": JSONValue(Int(getpid()))])
            #expect(failure.kind == .permanent || failure.code == "tool-error")
            let rights = try await bench.call("rights").value
            #expect(rights == ["CapEff:\t0000000000000000"])
        }
    }

    @Test("bounds its private temporary folder", arguments: ["/tmp/big", "/dev/shm/big"])
    func temporary(path: String) async throws {
        try await bench { bench in
            let failure = try await bench.failure("fill", ["path": .string(path)])
            #expect(failure.code == "no-space")
        }
    }

    @Test("ends with everything in it, whatever a tool did to escape")
    func daemons() async throws {
        try await withTools(["tools.py": Self.source], sandbox: .required) { bench in
            let fifo = "\(bench.workspace.folder)/fifo"
            #expect(mkfifo(fifo, 0o600) == 0)
            // A pipe of whose writers the escaped process is the only one: its end is the reader's end.
            let reader = Task { try await TestProgram.run("cat", fifo) }
            let escaped = try await bench.call("daemon").value
            #expect(escaped == true)
            await bench.invoker.close()
            let said = try await reader.value
            #expect(said.isEmpty)
        }
    }

    @Test("cannot be had without bubblewrap: programs are refused, and what to do is said")
    func absence() async throws {
        try await withTools(
            ["tools.py": Self.source, "scripts/run": "#!/bin/sh\necho 1\n"],
            sandbox: .required,
            environment: ["PATH": "/nowhere"]
        ) { bench in
            for tool in ["run"] {
                let failure = try await bench.failure(tool)
                #expect(failure.kind == .policy && failure.code == "no-sandbox")
                #expect(failure.message.contains("--sandbox off"))
            }
        }
    }

    @Test("is refused for a workspace that shows too much", arguments: ["/", "/etc", "/tmp", "HOME"])
    func wideWorkspace(folder: String) async throws {
        try await withTemporaryFolder { home in
            try write(Self.source, to: "\(home)/skill/tools.py")
            let provider = ToolInvokerProvider.standard(environment: ["HOME": home, "PATH": "/usr/bin:/bin"])
            let workspace = RunWorkspace(folder: folder == "HOME" ? home : folder, results: "\(home)/results")
            let invoker = try await provider.invoker(for: workspace)
            let origin = SkillOrigin(source: "test", file: "SKILL.md", folder: "\(home)/skill")
            let skill = Skill(id: "s", name: "s", description: "", origin: origin)
            let call = ToolCall(
                skill: skill,
                tool: Tool(name: "processes", description: ""),
                arguments: [:],
                idempotencyKey: "k"
            )
            let failure = await #expect(throws: ToolFailure.self) { try await invoker.invoke(call) }
            #expect(failure?.kind == .policy && failure?.code == "workspace-too-wide")
            await invoker.close()
        }
    }
}
