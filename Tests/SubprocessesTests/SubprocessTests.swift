import Glibc
import TestSupport
import Testing

@testable import Subprocesses

@Suite("A subprocess")
struct SubprocessTests {
    /// A shell that runs one script.
    private func shell(_ script: String, environment: ChildEnvironment = .inherited) -> Subprocess {
        Subprocess(executable: "sh", arguments: ["-c", script], environment: environment)
    }

    struct Ending: CustomTestStringConvertible {
        var script: String
        var status: TerminationStatus
        var output = ""
        var error = ""
        var testDescription: String { script }
    }

    @Test(
        "reports how it ended and what it wrote on each stream",
        arguments: [
            Ending(script: "printf out; printf err >&2", status: .exited(0), output: "out", error: "err"),
            Ending(script: "exit 3", status: .exited(3)),
            Ending(script: "kill -KILL $$", status: .signalled(9)),
            Ending(script: "kill -TERM $$", status: .signalled(15)),
            Ending(script: "printf '\\377'", status: .exited(0), output: "\u{FFFD}"),
        ]
    )
    func ending(_ expected: Ending) async throws {
        let result = try await shell(expected.script).run()
        #expect(result.status == expected.status)
        #expect(result.outputText == expected.output)
        #expect(result.errorText == expected.error)
        #expect(!result.isOutputTruncated && !result.isErrorTruncated)
    }

    @Test("takes more input than a pipe holds and returns it byte for byte")
    func roundTrip() async throws {
        let input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let result = try await Subprocess(executable: "cat").run(input: input)
        #expect(result.standardOutput == input)
    }

    @Test("may leave its input unread")
    func unreadInput() async throws {
        let input = [UInt8](repeating: 0, count: 5_000_000)
        let result = try await Subprocess(executable: "true").run(input: input)
        #expect(result.status == .exited(0))
    }

    @Test("runs beside many others without mixing their streams")
    func manyAtOnce() async throws {
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<40 {
                group.addTask {
                    let text = "number \(number)"
                    return (number, try await Subprocess(executable: "cat").run(input: Array(text.utf8)).outputText)
                }
            }
            for try await (number, text) in group { #expect(text == "number \(number)") }
        }
    }

    @Test("sees exactly the environment it is given")
    func environment() async throws {
        let only = Subprocess(executable: "/usr/bin/env", environment: .only(["A": "1", "B": "zwei"]))
        #expect(try await only.run().outputText == "A=1\nB=zwei\n")
        let more = shell("printf %s \"$ADDED:${PATH:+path}\"", environment: .inheritedAdding(["ADDED": "x"]))
        #expect(try await more.run().outputText == "x:path")
    }

    @Test("starts in the folder it is given")
    func workingFolder() async throws {
        try await withTemporaryFolder { folder in
            let child = Subprocess(executable: "pwd", arguments: ["-P"], workingDirectory: folder)
            let name = try #require(folder.split(separator: "/").last)
            let result = try await child.run()
            #expect(result.outputText.hasSuffix("/\(name)\n"))
        }
    }

    @Test("inherits no descriptor but its standard streams")
    func noLeakedDescriptors() async throws {
        let leaky = fcntl(STDERR_FILENO, F_DUPFD, 200)
        defer { close(leaky) }
        #expect(leaky >= 200)
        let result = try await shell("[ -e /proc/self/fd/0 ] && ! [ -e /proc/self/fd/\(leaky) ] && printf clean").run()
        #expect(result.outputText == "clean")
    }

    @Test("leads its own process group")
    func ownGroup() async throws {
        // Fields of /proc/PID/stat: 1 is the id, 5 the process group.
        let result = try await shell("read -r id _ _ _ group _ < /proc/$$/stat; [ $id = $group ] && printf yes").run()
        #expect(result.outputText == "yes")
    }

    @Test("fails by name when it cannot be started")
    func spawnFailures() async throws {
        await #expect(throws: SubprocessError.executableNotFound(name: "no-such-program", searched: ["/bin"])) {
            try await Subprocess(executable: "no-such-program", environment: .only(["PATH": "/bin"])).run()
        }
        await #expect(throws: SubprocessError.executableNotFound(name: "/etc/passwd", searched: [])) {
            try await Subprocess(executable: "/etc/passwd").run()
        }
        await #expect(throws: SubprocessError.self) {
            try await Subprocess(executable: "true", workingDirectory: "/no/such/folder").run()
        }
        await #expect(throws: SubprocessError.self) {
            try await Subprocess(executable: "true", arguments: ["a\0b"]).run()
        }
    }

    @Test("whose status is not 0 becomes an error on request, with its last words")
    func checked() async throws {
        let failed = try await shell("echo first >&2; echo 'no space left' >&2; exit 7").run()
        let error = #expect(throws: SubprocessError.self) { try failed.checked("writer") }
        #expect(error == .failed(executable: "writer", code: 7, said: "first / no space left"))
        #expect(error?.description == "writer ended with status 7; it said: first / no space left")
        let killed = try await shell("kill -KILL $$").run()
        #expect(throws: SubprocessError.signalled(executable: "writer", signal: 9)) { try killed.checked("writer") }
    }
}
