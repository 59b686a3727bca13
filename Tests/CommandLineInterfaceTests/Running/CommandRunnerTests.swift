import CommandLineInterface
import Testing

@Suite("Running a command")
struct CommandRunnerTests {
    private struct Plain: Error, CustomStringConvertible {
        let description = "the shelf fell down"
    }

    static let errors: [(error: any Error & Sendable, code: ExitCode, talk: String, json: String)] = [
        (
            CommandError("shelf-missing", "there is no shelf 'x'", hint: "buy one"), .failed,
            "error: there is no shelf 'x'\n hint: buy one\n",
            #"{"error":{"code":"shelf-missing","message":"there is no shelf 'x'","hint":"buy one"}}"#
        ),
        (
            CommandError("late", "the oven took too long", exitCode: .timedOut), .timedOut,
            "error: the oven took too long\n",
            #"{"error":{"code":"late","message":"the oven took too long","hint":null}}"#
        ),
        (
            CommandError.usage("give TEXT or --batch, not both"), .usage,
            "error: give TEXT or --batch, not both\n hint: see 'tiny go --help'\n",
            #"{"error":{"code":"usage","message":"give TEXT or --batch, not both","hint":"see 'tiny go --help'"}}"#
        ),
        (
            Plain(), .failed, "error: the shelf fell down\n",
            #"{"error":{"code":"failed","message":"the shelf fell down","hint":null}}"#
        ),
        (
            CancellationError(), .interrupted, "error: stopped before it was done\n",
            #"{"error":{"code":"interrupted","message":"stopped before it was done","hint":null}}"#
        ),
    ]

    @Test("ends with the code of its error, told to people or to programs", arguments: errors.indices)
    func failing(index: Int) async {
        let (error, code, talk, json) = Self.errors[index]
        let program = program { _ in throw error }
        #expect(await Outcome.of(["go"], program: program) == Outcome(code: code, output: "", talk: talk))
        let outcome = await Outcome.of(["go", "--json"], program: program)
        #expect(outcome == Outcome(code: code, output: "", talk: json + "\n"))
    }

    @Test("ends with the code it returns", arguments: ExitCode.allCases)
    func codes(code: ExitCode) async {
        let outcome = await Outcome.of(["go"], program: program { _ in code })
        #expect(outcome == Outcome(code: code, output: "", talk: ""))
    }

    @Test("knows where it stands and what its environment is")
    func context() async {
        let program = program { context in
            try context.console.writeLine("\(context.path.text) \(context.environment["LUNCH"] ?? "none")")
            return .done
        }
        let outcome = await Outcome.of(["go"], program: program, environment: ["LUNCH": "soup"])
        #expect(outcome.output == "tiny go soup\n")
    }

    private struct BrokenSink: OutputSink {
        let error: OutputError
        let terminalColumns: Int? = nil

        func write(_ bytes: [UInt8]) throws(OutputError) { throw error }
    }

    @Test(
        "ends quietly when nobody reads, and with an error when the output cannot be written",
        arguments: [
            (OutputError.closed, ExitCode.outputClosed, ""),
            (
                .refused(reason: "No space left on device"), .failed,
                """
                error: cannot write the output: No space left on device
                 hint: what was written so far is incomplete; make room or write elsewhere, then run the command again

                """
            ),
        ],
        [
            ["go"], ["go", "--ignore"], ["--help"], ["--version"], ["help"], ["help", "--markdown"],
            ["completion", "bash"],
        ]
    )
    func brokenOutput(failure: (error: OutputError, code: ExitCode, talk: String), words: [String]) async {
        let isIgnoring = words.contains("--ignore")
        let program = program { context in
            if isIgnoring { try? context.console.write("x") } else { try context.console.write("x") }
            return .done
        }
        let talk = MemorySink()
        let console = Console(output: BrokenSink(error: failure.error), talk: talk, environment: Environment([:]))
        let code = await CommandRunner(program).run(words.filter { $0 != "--ignore" }, console: console)
        #expect(code == failure.code)
        #expect(talk.text == failure.talk)
    }

    @Test("is interrupted by cancelling its task")
    func cancelled() async {
        let program = program { _ in
            for await _ in AsyncStream<Never>.makeStream().stream {}
            try Task.checkCancellation()
            return .done
        }
        let run = Task { await Outcome.of(["go"], program: program) }
        run.cancel()
        let expected = Outcome(code: .interrupted, output: "", talk: "error: stopped before it was done\n")
        #expect(await run.value == expected)
    }

    @Test("keeps the code of a command that ends well although it was cancelled, and the words of one that fails so")
    func cancelledAndDone() async {
        let done = Task { await Outcome.of(["go"], program: program { _ in .waiting }) }
        done.cancel()
        #expect(await done.value.code == .waiting)
        let failed = Task { await Outcome.of(["go"], program: program { _ in throw Plain() }) }
        failed.cancel()
        let expected = Outcome(code: .interrupted, output: "", talk: "error: the shelf fell down\n")
        #expect(await failed.value == expected)
    }
}
