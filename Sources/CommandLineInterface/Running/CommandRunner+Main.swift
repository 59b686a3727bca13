import Glibc

extension CommandRunner {
    /// Runs the command line of this process and ends the process with its exit code.
    ///
    /// The first Ctrl-C or SIGTERM cancels the command, which then ends in its own way; Ctrl-C once more ends the process
    /// at once. A write to a pipe nobody reads is an error like others, not a signal.
    ///
    /// - Parameter around: calls the command it is given, with whatever has to be there before and go after it.
    package static func main(
        _ program: Program,
        arguments: [String] = Array(CommandLine.arguments.dropFirst()),
        console: Console = Console(),
        around: @escaping @Sendable (_ command: @Sendable () async -> ExitCode) async -> ExitCode = { await $0() }
    ) async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let interrupts = await Interrupts.watch {
            console.streams.abandonStatus()
            _exit(ExitCode.interrupted.rawValue)
        }
        let code = await withTaskGroup(of: ExitCode?.self) { group in
            group.addTask { await around { await CommandRunner(program).run(arguments, console: console) } }
            group.addTask {
                await interrupts.waitForCancellation()
                return nil
            }
            // Whichever ends first, the other one need not go on.
            var code: ExitCode?
            while let ended = await group.next() {
                group.cancelAll()
                code = code ?? ended
            }
            return code
        }
        exit((code ?? .failed).rawValue)
    }
}
