import Glibc
import TestSupport
import Testing

@testable import Subprocesses

@Suite("A limit on a subprocess")
struct SubprocessLimitTests {
    private func shell(_ script: String, _ arguments: String...) -> Subprocess {
        Subprocess(executable: "sh", arguments: ["-c", script, "sh"] + arguments)
    }

    @Test("stops a child that writes a gigabyte")
    func outputFails() async throws {
        let child = Subprocess(executable: "/usr/bin/head", arguments: ["-c", "1000000000", "/dev/zero"])
        await #expect(throws: SubprocessError.outputTooLarge(executable: "/usr/bin/head", limit: 1000)) {
            try await child.run(limits: SubprocessLimits(deadline: nil, maximumOutputBytes: 1000))
        }
    }

    @Test("keeps the beginning of a gigabyte when that is wanted")
    func outputTruncates() async throws {
        let child = Subprocess(executable: "head", arguments: ["-c", "1000000000", "/dev/zero"])
        let result = try await child.run(limits: SubprocessLimits(maximumOutputBytes: 1000, overflow: .truncate))
        #expect(result.standardOutput.count == 1000)
        #expect(result.isOutputTruncated)
        #expect(result.status == .exited(0))
    }

    @Test("on standard error drops what is beyond and is no fault")
    func errorTruncates() async throws {
        let limits = SubprocessLimits(maximumErrorBytes: 10)
        let result = try await shell("head -c 100000 /dev/zero >&2").run(limits: limits)
        #expect(result.standardError.count == 10)
        #expect(result.isErrorTruncated && !result.isOutputTruncated)
    }

    @Test("kills a whole group that ignores SIGTERM")
    func stubbornGroup() async throws {
        try await withTemporaryFolder { folder in
            let pidFile = "\(folder)/pid"
            // The limit of 0 bytes is reached only after the trap is set, whatever the machine's speed.
            let script = "trap '' TERM; echo $$ > \"$1\"; echo ready; sleep 1000; sleep 1000"
            let limits = SubprocessLimits(maximumOutputBytes: 0, terminationGrace: .milliseconds(20))
            await #expect(throws: SubprocessError.self) { try await shell(script, pidFile).run(limits: limits) }
            let written = try await Subprocess(executable: "cat", arguments: [pidFile]).run().outputText
            let process = try #require(pid_t(written.split(separator: "\n").first ?? ""))
            #expect(kill(process, 0) == -1 && errno == ESRCH)
        }
    }

    @Test("of time stops a child that never ends, and says what it said")
    func deadline() async throws {
        let limits = SubprocessLimits(deadline: .milliseconds(200), terminationGrace: .milliseconds(20))
        let error = await #expect(throws: SubprocessError.self) {
            try await shell("echo stuck >&2; exec sleep 1000").run(limits: limits)
        }
        guard case .timedOut(_, .milliseconds(200), _) = error else {
            Issue.record("expected a timeout, got \(String(describing: error))")
            return
        }
    }

    @Test("reaches processes the child left behind in its group")
    func groupIsTakenAlong() async throws {
        // Reading goes on while anyone holds the pipe: with an hour of patience only their end explains a return.
        let limits = SubprocessLimits(drainGrace: .seconds(3600))
        let result = try await shell("sleep 100000 & echo started").run(limits: limits)
        #expect(result.outputText == "started\n")
        #expect(result.status == .exited(0))
    }

    @Test("on draining does not wait for a process outside the group that holds the pipe")
    func escapedGrandchild() async throws {
        try await withTemporaryFolder { folder in
            // The child ends only when the grandchild, already in a session of its own, has said its number.
            let script = """
                mkfifo "$1"; setsid sh -c 'echo $$ > "$1"; exec sleep 1000' sh "$1" & cat "$1"
                """
            let limits = SubprocessLimits(drainGrace: .milliseconds(20))
            let result = try await shell(script, "\(folder)/number").run(limits: limits)
            let escaped = try #require(pid_t(result.outputText.split(separator: "\n").first ?? ""))
            #expect(kill(escaped, SIGKILL) == 0)
        }
    }

    @Test("is not needed to cancel: the task's end is the child's end")
    func cancellation() async throws {
        try await withTemporaryFolder { folder in
            let fifo = "\(folder)/ready"
            #expect(mkfifo(fifo, 0o600) == 0)
            let child = shell("echo up > \"$1\"; exec sleep 100000", fifo)
            let task = Task { try await child.run(limits: SubprocessLimits(deadline: nil)) }
            // Reading the fifo returns once the child has written to it, so the child is running by then.
            let handshake = try await Subprocess(executable: "cat", arguments: [fifo]).run()
            #expect(handshake.outputText == "up\n")
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("of a task cancelled beforehand starts nothing")
    func cancelledBefore() async throws {
        try await withTemporaryFolder { folder in
            let child = Subprocess(executable: "touch", arguments: ["\(folder)/touched"])
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await child.run()
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(access("\(folder)/touched", F_OK) == -1)
        }
    }

    @Test("is kept through 500 children: no descriptor and no zombie remains")
    func nothingLeaks() async {
        // In a process of its own, where no other test opens files or starts children.
        await #expect(processExitsWith: .success) {
            func openDescriptors() -> Int {
                (0..<1024).count { fcntl($0, F_GETFD) != -1 }
            }
            _ = try await Subprocess(executable: "true").run()
            let before = openDescriptors()
            for number in 0..<500 {
                let stubborn = number % 50 == 0
                let limits = SubprocessLimits(maximumOutputBytes: stubborn ? 0 : 100, terminationGrace: .zero)
                let child = Subprocess(executable: "echo", arguments: ["\(number)"])
                _ = try? await child.run(input: Array("unread".utf8), limits: limits)
            }
            // Fewer is possible: the runtime gives back a descriptor of its own now and then.
            #expect(openDescriptors() <= before)
            var status: Int32 = 0
            #expect(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD)
        }
    }
}
