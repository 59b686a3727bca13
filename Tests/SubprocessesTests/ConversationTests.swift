import Glibc
import TestSupport
import Testing

@testable import Subprocesses

@Suite("A conversation with a child")
struct ConversationTests {
    private func shell(_ script: String, _ arguments: String...) -> Subprocess {
        Subprocess(executable: "sh", arguments: ["-c", script, "sh"] + arguments)
    }

    private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

    @Test("is lines in both directions, in order")
    func lines() async throws {
        let child = try await Subprocess(executable: "cat").converse()
        for number in 0..<100 { try child.send(Array("line \(number)".utf8)) }
        for number in 0..<100 {
            let line = try await child.receive()
            #expect(text(line) == "line \(number)")
        }
        await child.stop()
        #expect(child.isOver)
    }

    @Test("takes a line that is larger than a pipe holds")
    func longLine() async throws {
        let child = try await Subprocess(executable: "cat").converse()
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        try child.send(line)
        let echoed = try await child.receive()
        #expect(echoed == line)
        await child.stop()
    }

    @Test("keeps what is said beside it, of much the end")
    func remarks() async throws {
        let limits = ConversationLimits(maximumRemarkBytes: 10)
        let child = try await shell("seq 1 100000 >&2; echo done; read line").converse(limits: limits)
        let line = try await child.receive()
        #expect(text(line) == "done")
        #expect(text(child.takeRemarks()) == "99\n100000\n")
        #expect(child.takeRemarks().isEmpty)
        await child.stop()
    }

    @Test("ends with a child that says too much in one line")
    func lineTooLong() async throws {
        let limits = ConversationLimits(maximumLineBytes: 1000, terminationGrace: .zero)
        let child = try await Subprocess(executable: "cat", arguments: ["/dev/zero"]).converse(limits: limits)
        await #expect(throws: ConversationError.lineTooLong(executable: child.executablePath, limit: 1000)) {
            _ = try await child.receive()
        }
    }

    @Test("makes a child wait that talks more than is received")
    func pressure() async throws {
        try await withTemporaryFolder { folder in
            let script = "seq 1 300000; touch \"$1\"; read line"
            let limits = ConversationLimits(maximumWaitingBytes: 1000)
            let child = try await shell(script, "\(folder)/done").converse(limits: limits)
            let first = try await child.receive()
            #expect(text(first) == "1")
            #expect(access("\(folder)/done", F_OK) != 0)
            for number in 2...300_000 {
                let line = try await child.receive()
                guard text(line) == "\(number)" else {
                    Issue.record("line \(number) is \(text(line))")
                    break
                }
            }
            await child.stop()
        }
    }

    @Test(
        "notices the child's end, and says how it ended",
        arguments: [
            ("exit 3", TerminationStatus.exited(3)), ("kill -9 $$", .signalled(9)), ("exit 0", .exited(0)),
        ]
    )
    func end(script: String, status: TerminationStatus) async throws {
        let child = try await shell("echo one; echo trouble >&2; \(script)").converse()
        let line = try await child.receive()
        #expect(text(line) == "one")
        let error = await #expect(throws: ConversationError.self) { _ = try await child.receive() }
        guard case .ended(_, status, "trouble") = error else {
            Issue.record("ended as \(String(describing: error))")
            return
        }
        #expect(throws: ConversationError.self) { try child.send([]) }
    }

    @Test("notices the end while a grandchild in a session of its own holds the streams")
    func grandchild() async throws {
        try await withTemporaryFolder { folder in
            let script = """
                mkfifo "$1"; setsid sh -c 'echo $$ > "$1"; exec sleep 1000' sh "$1" & cat "$1"
                """
            let child = try await shell(script, "\(folder)/number").converse()
            let number = try await child.receive()
            await #expect(throws: ConversationError.self) { _ = try await child.receive() }
            let escaped = try #require(pid_t(text(number)))
            #expect(kill(escaped, SIGKILL) == 0)
        }
    }

    @Test("goes on after somebody waited in vain")
    func patience() async throws {
        let child = try await Subprocess(executable: "cat").converse()
        await #expect(throws: ConversationError.timedOut(executable: child.executablePath, after: .milliseconds(20))) {
            _ = try await child.receive(within: .milliseconds(20))
        }
        try child.send(Array("late".utf8))
        let line = try await child.receive()
        #expect(text(line) == "late")
        await child.stop()
    }

    @Test("goes on after a waiting task was cancelled")
    func cancellation() async throws {
        let child = try await Subprocess(executable: "cat").converse()
        let task = Task { try await child.receive() }
        task.cancel()
        await #expect(throws: ConversationError.cancelled) { _ = try await task.value }
        try child.send(Array("on".utf8))
        let line = try await child.receive()
        #expect(text(line) == "on")
        await child.stop()
    }

    @Test("is over when a child that ignores SIGTERM is killed, with its group")
    func stubborn() async throws {
        let script = "trap '' TERM; sleep 1000 & echo $!; while :; do sleep 1000; done"
        let limits = ConversationLimits(terminationGrace: .milliseconds(20))
        let child = try await shell(script).converse(limits: limits)
        let line = try await child.receive()
        let sleeper = try #require(pid_t(text(line)))
        await child.stop()
        // An orphan is reaped by another process, a moment later.
        #expect(ProcessState.isDead(sleeper))
        await #expect(throws: ConversationError.stopped) { _ = try await child.receive() }
    }

    @Test("is not needed any more when nobody holds it")
    func forgotten() async throws {
        try await withTemporaryFolder { folder in
            let fifo = "\(folder)/held"
            #expect(mkfifo(fifo, 0o600) == 0)
            var child: Conversation? = try await shell("exec 9>\"$1\"; echo up; read line", fifo).converse()
            // The reader of the fifo ends when its only writer, the child, is gone.
            let reader = Task { try await Subprocess(executable: "cat", arguments: [fifo]).run() }
            let line = try await child?.receive()
            #expect(line.map(text) == "up")
            child = nil
            let result = try await reader.value
            #expect(result.standardOutput.isEmpty)
        }
    }

    @Test("leaves no descriptor and no zombie after 300 of them")
    func nothingLeaks() async {
        await #expect(processExitsWith: .success) {
            func openDescriptors() -> Int { (0..<1024).count { fcntl($0, F_GETFD) != -1 } }
            await (try await Subprocess(executable: "cat").converse()).stop()
            let before = openDescriptors()
            for number in 0..<300 {
                let limits = ConversationLimits(terminationGrace: .zero)
                let child = try await Subprocess(executable: "cat").converse(limits: limits)
                try child.send(Array("\(number)".utf8))
                if number % 2 == 0 { _ = try await child.receive() }
                await child.stop()
            }
            #expect(openDescriptors() <= before)
            var status: Int32 = 0
            #expect(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD)
        }
    }
}

/// What the kernel says about processes.
enum ProcessState {
    /// Whether a process is gone or only waits to be reaped.
    static func isDead(_ process: pid_t) -> Bool {
        guard let text = try? text(of: "/proc/\(process)/stat") else { return true }
        let state = text.split(separator: ")").last?.split(separator: " ").first
        return state == "Z" || state == "X"
    }
}
