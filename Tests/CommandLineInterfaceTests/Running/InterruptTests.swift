import Glibc
import Testing

@testable import CommandLineInterface

@Suite("Interrupts")
struct InterruptTests {
    static let sequences: [(signals: [Int32], actions: [InterruptPolicy.Action?])] = [
        ([SIGINT], [.cancel]),
        ([SIGTERM], [.cancel]),
        ([SIGINT, SIGINT], [.cancel, .endNow]),
        ([SIGTERM, SIGINT], [.cancel, .endNow]),
        ([SIGTERM, SIGTERM, SIGTERM], [.cancel, nil, nil]),
        ([SIGINT, SIGTERM, SIGINT], [.cancel, nil, .endNow]),
    ]

    @Test("cancel at first and end the process at the second Ctrl-C", arguments: sequences.indices)
    func policy(index: Int) {
        let (signals, expected) = Self.sequences[index]
        var policy = InterruptPolicy()
        #expect(signals.map { policy.receive($0) } == expected)
    }

    @Test("end a process that gives up its work with 130 and a word")
    func process() async throws {
        let result = try await #require(processExitsWith: .exitCode(130), observing: [\.standardErrorContent]) {
            await CommandRunner.main(
                program { _ in
                    kill(getpid(), SIGINT)
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                    try Task.checkCancellation()
                    return .done
                },
                arguments: ["go"]
            )
        }
        let talk = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(talk == "error: stopped before it was done\n")
    }

    @Test("by SIGTERM let a process end in its own way")
    func terminated() async {
        await #expect(processExitsWith: .exitCode(0)) {
            await CommandRunner.main(
                program { _ in
                    kill(getpid(), SIGTERM)
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                    return .done
                },
                arguments: ["go"]
            )
        }
    }

    @Test("end at once a process that does not listen, at the second Ctrl-C")
    func deafProcess() async {
        await #expect(processExitsWith: .exitCode(130)) {
            await CommandRunner.main(
                program { _ in
                    let deaf = Task.detached {
                        for await _ in AsyncStream<Never>.makeStream().stream {}
                        return ExitCode.done
                    }
                    await withTaskCancellationHandler {
                        kill(getpid(), SIGINT)
                        for await _ in AsyncStream<Never>.makeStream().stream {}
                    } onCancel: {
                        kill(getpid(), SIGINT)
                    }
                    return await deaf.value
                },
                arguments: ["go"]
            )
        }
    }

    @Test("leave a process alone whose parent made it ignore Ctrl-C")
    func ignored() async {
        await #expect(processExitsWith: .exitCode(3)) {
            signal(SIGINT, SIG_IGN)
            await CommandRunner.main(
                program { _ in isIgnored(SIGINT) && !isIgnored(SIGTERM) ? .nothingFits : .failed },
                arguments: ["go"]
            )
        }
    }

    @Test("do not come from a pipe that nobody reads")
    func brokenPipe() async {
        await #expect(processExitsWith: .exitCode(141)) {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            close(ends[0])
            let console = Console(output: DescriptorSink(descriptor: ends[1]))
            await CommandRunner.main(
                program { context in
                    try context.console.writeLine("anybody there?")
                    return .done
                },
                arguments: ["go"],
                console: console
            )
        }
    }
}
