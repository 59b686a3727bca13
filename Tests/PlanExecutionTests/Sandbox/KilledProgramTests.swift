import Glibc
import PlanExecution
import TestSupport
import Testing

@Suite("When this program is killed", .enabled(if: ToolBench.hasSandbox, ToolBench.sandboxAbsence))
struct KilledProgramTests {
    @Test("its tools die with it, even those that left their session", arguments: [SandboxMode.required, .off])
    func killed(mode: SandboxMode) async throws {
        try await withTemporaryFolder { folder in
            let workspace = "\(folder)/work"
            _ = try await TestProgram.run("mkdir", workspace)
            let fifo = "\(workspace)/fifo"
            #expect(mkfifo(fifo, 0o600) == 0)
            // The end of the pipe's only writer, the process that escaped, is the end of its reader.
            let reader = Task { try await TestProgram.run("cat", fifo) }
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [folder = folder as String, mode = mode.rawValue as String] in
                let mode = SandboxMode(rawValue: mode) ?? .required
                try await withTools(["tools.py": SandboxTests.source], in: folder, sandbox: mode) { bench in
                    _ = try await bench.call("daemon")
                    kill(getpid(), SIGKILL)
                }
            }
            let said = try await reader.value
            #expect(said.isEmpty)
        }
    }
}
