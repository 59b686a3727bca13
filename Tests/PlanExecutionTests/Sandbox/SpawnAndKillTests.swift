import FoundationEssentials
import Glibc
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

/// Starts and kills tools at every moment of their lives. `SKILLWEAVER_SPAWN_CYCLES=10000` makes it the long run.
@Suite("Starting and killing, again and again", .enabled(if: ToolBench.hasSandbox, ToolBench.sandboxAbsence))
struct SpawnAndKillTests {
    private static let cycles =
        ProcessInfo.processInfo.environment["SKILLWEAVER_SPAWN_CYCLES"].flatMap { Int($0) } ?? 60

    @Test("leaves no process, no descriptor and no file behind")
    func nothingIsLeft() async throws {
        try await withTemporaryFolder { folder in
            try write(KillCycles.script, to: "\(folder)/skill/scripts/escape")
            try write(KillCycles.functions, to: "\(folder)/skill/tools.py")
            _ = try await TestProgram.run("chmod", "755", "\(folder)/skill/scripts/escape")
            _ = try await TestProgram.run("mkdir", "\(folder)/work", "\(folder)/results")
            let files = try await TestProgram.run("find", folder)
            let cycles = Self.cycles
            await #expect(processExitsWith: .success) { [folder = folder as String, cycles = cycles as Int] in
                func openDescriptors() -> Int { (0..<1024).count { fcntl($0, F_GETFD) != -1 } }
                try await KillCycles.run(2, in: folder)
                let before = openDescriptors()
                try await KillCycles.run(cycles, in: folder)
                // The runtime itself opens a descriptor now and then; a leak would leave one for every cycle.
                #expect(openDescriptors() <= before + 4)
                var status: Int32 = 0
                #expect(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD)
            }
            let left = KillCycles.processes(mentioning: folder)
            #expect(left.isEmpty)
            let filesAfter = try await TestProgram.run("find", folder)
            #expect(filesAfter == files)
        }
    }
}

enum KillCycles {
    /// Leaves a process in a session of its own that ignores signals, then does not end.
    static let script = """
        #!/bin/sh
        setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 1000; done' > /dev/null 2>&1 &
        echo '{}'
        exec sleep 1000
        """

    static let functions = """
        import os, time
        def hang():
            if os.fork() == 0:
                os.setsid()
                while True: time.sleep(1000)
            while True: time.sleep(1000)
        """

    /// Calls tools that never end, and stops each at a moment that differs from cycle to cycle.
    static func run(_ cycles: Int, in folder: String) async throws {
        let workspace = RunWorkspace(folder: "\(folder)/work", results: "\(folder)/results")
        let origin = SkillOrigin(source: "test", file: "\(folder)/skill/SKILL.md", folder: "\(folder)/skill")
        let skill = Skill(id: "kill", name: "kill", description: "", origin: origin)
        let invoker = try await ToolInvokerProvider.standard(python: PythonSettings(maximumCrashes: .max))
            .invoker(for: workspace)
        await withTaskGroup(of: Void.self) { group in
            for cycle in 0..<cycles {
                if cycle >= 4 { await group.next() }
                group.addTask {
                    let tool = Tool(name: cycle % 10 == 0 ? "hang" : "escape", description: "")
                    let call = ToolCall(
                        skill: skill,
                        tool: tool,
                        arguments: [:],
                        idempotencyKey: "\(folder)/\(cycle)",
                        limits: CallLimits(deadline: .milliseconds(1 + cycle % 37))
                    )
                    let failure = await #expect(throws: ToolFailure.self) { try await invoker.invoke(call) }
                    #expect(failure?.code == "timeout")
                }
            }
        }
        await invoker.close()
    }

    /// Processes in whose words or variables a text stands.
    static func processes(mentioning text: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { name in
            guard let number = Int32(name), number != getpid() else { return false }
            return ["cmdline", "environ"].contains { file in
                let bytes = FileManager.default.contents(atPath: "/proc/\(name)/\(file)") ?? Data()
                return String(decoding: bytes, as: UTF8.self).contains(text)
            }
        }
    }
}
