import CSpawn
import FoundationEssentials
import Glibc
import Subprocesses
import TestSupport
import Testing

@Suite("A child that is the first of a process namespace", .enabled(if: InstalledProgram.exists("bwrap")))
struct ProcessNamespaceTests {
    /// Long enough for bubblewrap to get ready.
    private static let starting: UInt32 = 15_000

    @Test("takes everything along, at whatever moment of its start it is killed")
    func killedWhileStarting() throws {
        let bubblewrap = try ExecutableSearch(searchPath: nil).locate("bwrap")
        let mark = "mark-\(UUID().uuidString)"
        let words =
            [bubblewrap, "--dev-bind", "/", "/", "--unshare-pid", "--die-with-parent", "--"]
            + ["/bin/sh", "-c", "while :; do sleep 1000; done", mark]
        let cycles: UInt32 = 60
        for cycle in 0..<cycles {
            let process = try spawn(words)
            // As the kernel does it when the program that started it is killed: to the one process, not to its group.
            usleep(Self.starting * cycle / cycles)
            kill(process, SIGKILL)
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        }
        #expect(processes(mentioning: mark).isEmpty)
    }

    @Test("says how it ended, and runs with the rights it was started with")
    func status() async throws {
        let bubblewrap = try ExecutableSearch(searchPath: nil).locate("bwrap")
        for (script, status) in [("exit 3", TerminationStatus.exited(3)), ("kill -9 $$", .signalled(9))] {
            let result = try await Subprocess(
                executable: bubblewrap,
                arguments: ["--dev-bind", "/", "/", "--unshare-pid", "--", "/bin/sh", "-c", "id -u; " + script],
                hasNamespace: true
            ).run()
            #expect(result.status == status)
            #expect(result.outputText == "\(geteuid())\n")
        }
    }

    private func spawn(_ words: [String]) throws -> pid_t {
        var pointers = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for pointer in pointers { free(pointer) } }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        var process: Int32 = 0
        let code = pointers.withUnsafeMutableBufferPointer { arguments in
            variables.withUnsafeMutableBufferPointer { environment in
                [null, null, null].withUnsafeBufferPointer { descriptors in
                    words[0].withCString { path in
                        var launch = skw_launch()
                        launch.path = path
                        launch.arguments = UnsafePointer(arguments.baseAddress)
                        launch.environment = UnsafePointer(environment.baseAddress)
                        launch.descriptors = descriptors.baseAddress
                        launch.descriptor_count = 3
                        launch.has_namespace = 1
                        return skw_spawn(&launch, &process)
                    }
                }
            }
        }
        #expect(code == 0)
        return process
    }

    private func processes(mentioning mark: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { name in
            let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") ?? Data()
            return Int32(name) != nil && String(decoding: words, as: UTF8.self).contains(mark)
        }
    }
}
