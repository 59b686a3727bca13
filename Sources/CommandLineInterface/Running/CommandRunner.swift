/// Runs one command line from its words to its exit code.
package struct CommandRunner: Sendable {
    package let program: Program

    package init(_ program: Program) { self.program = program }

    /// Parses the words after the program's name, runs what they ask for, and reports what went wrong.
    ///
    /// Cancelling the task stops the command; its exit code is then the one of an interruption, unless it ends well.
    package func run(_ words: [String], console: Console, environment: Environment = .process) async -> ExitCode {
        let parsed: ParsedCommandLine
        do throws(UsageError) {
            parsed = try CommandLineParser.parse(words, of: program)
        } catch {
            return reject(error, console: console.with(OutputPreferences(scanning: words)))
        }
        switch parsed {
        case .help(let path):
            let console = console.with(OutputPreferences(scanning: words))
            let page = HelpPage(of: path).rendered(columns: console.columns, style: console.style)
            return await finish(on: console, at: path) { () throws(OutputError) in
                try console.write(page)
                return .done
            }
        case .version:
            return await finish(on: console, at: program.path) { () throws(OutputError) in
                try console.writeLine("\(program.root.name) \(program.version)")
                return .done
            }
        case .run(let definition, let values, let path):
            let console = console.with(OutputPreferences(values))
            let context = CommandContext(console: console, environment: environment, program: program, path: path)
            return await finish(on: console, at: path) { try await definition.run(values, in: context) }
        }
    }

    /// Shows what is wrong with a command line; a group without a command gets its help page instead.
    private func reject(_ error: UsageError, console: Console) -> ExitCode {
        if case .missingCommand = error.reason, !console.preferences.isJSON {
            let columns = console.streams.talk.terminalColumns ?? DescriptorSink.usualColumns
            console.streams.writeTalk(HelpPage(of: error.path).rendered(columns: columns, style: console.talkStyle))
        } else {
            console.report(error.commandError)
        }
        return .usage
    }

    private func finish(
        on console: Console,
        at path: CommandPath,
        _ work: () async throws -> ExitCode
    ) async -> ExitCode {
        do {
            let code = try await work()
            // A command may go on without its reader, but it must not claim that all was written.
            if let failure = console.outputFailure { throw failure }
            return code
        } catch {
            return report(error, on: console, at: path)
        }
    }

    private func report(_ error: any Error, on console: Console, at path: CommandPath) -> ExitCode {
        var shown = presentation(of: console.outputFailure ?? error, at: path)
        if Task.isCancelled, shown.exitCode != .outputClosed {
            shown = CommandError(shown.code, shown.message, hint: shown.hint, exitCode: .interrupted)
        }
        // A reader that has seen enough is no error worth a word.
        if shown.exitCode != .outputClosed { console.report(shown) }
        return shown.exitCode
    }

    private func presentation(of error: any Error, at path: CommandPath) -> CommandError {
        switch error {
        case let error as any CommandErrorConvertible:
            let shown = error.commandError
            guard shown.exitCode == .usage, shown.hint == nil else { return shown }
            let hint = "see '\(path.text) --help'"
            return CommandError(shown.code, shown.message, hint: hint, exitCode: shown.exitCode)
        case is CancellationError:
            return CommandError("interrupted", "stopped before it was done", exitCode: .interrupted)
        default:
            return CommandError("failed", String(describing: error))
        }
    }
}
