import CommandLineInterface
import JSONSchema
import Testing

@Suite("The console")
struct ConsoleTests {
    private struct Streams {
        let output: MemorySink
        let talk: MemorySink

        init(outputColumns: Int? = nil, talkColumns: Int? = nil) {
            output = MemorySink(terminalColumns: outputColumns)
            talk = MemorySink(terminalColumns: talkColumns)
        }

        func console(term: String = "xterm", _ change: (inout OutputPreferences) -> Void = { _ in }) -> Console {
            var preferences = OutputPreferences()
            change(&preferences)
            return Console(output: output, talk: talk, environment: ["TERM": term], preferences: preferences)
        }
    }

    @Test("writes data to stdout and everything else to stderr")
    func separation() throws {
        let streams = Streams()
        let console = streams.console()
        try console.write("a")
        try console.writeLine("b")
        try console.writeJSON(["c": [1, 2]])
        console.note("n")
        console.warn("w")
        console.detail("d")
        #expect(streams.output.text == "ab\n{\"c\":[1,2]}\n")
        #expect(streams.talk.text == "n\nwarning: w\n")
    }

    @Test(
        "says as much as was asked for",
        arguments: [
            (OutputPreferences.Talk.quiet, ""), (.normal, "n\nwarning: w\n"), (.verbose, "n\nwarning: w\nd\n"),
        ]
    )
    func talk(amount: OutputPreferences.Talk, text: String) {
        let streams = Streams()
        let console = streams.console { $0.talk = amount }
        console.note("n")
        console.warn("w")
        console.detail("d")
        #expect(streams.talk.text == text)
    }

    @Test("makes what others wrote harmless before a terminal sees it")
    func hostileText() {
        let streams = Streams()
        let console = streams.console()
        console.note("a\u{1B}]0;title\u{07}b\r\nc\td\u{9B}31m")
        console.report(CommandError("code", "\u{1B}[2Jgone", hint: "\u{202E}txt"))
        #expect(
            streams.talk.text == """
                a\u{FFFD}]0;title\u{FFFD}b\u{FFFD}
                c\td\u{FFFD}31m
                error: \u{FFFD}[2Jgone
                 hint: \u{FFFD}txt

                """
        )
    }

    @Test("draws progress on a terminal, keeps it below other text, and takes it away at the end")
    func progress() async throws {
        let streams = Streams(outputColumns: 40, talkColumns: 40)
        let console = streams.console()
        try await console.withProgress("Embed", total: 2) { progress in
            console.note("a note")
            try console.writeLine("a result")
            progress.advance(to: 2)
        }
        let erase = "\r\u{1B}[K"
        let first = "Embed  [>                     ]  0 of 2"
        let last = "Embed  [======================]  2 of 2"
        #expect(
            streams.talk.text
                == "\(erase)\(first)" + "\(erase)a note\n\(first)" + "\(erase)" + first + "\(erase)\(last)" + "\(erase)"
        )
        #expect(streams.output.text == "a result\n")
    }

    @Test("takes the progress line away when the work fails")
    func failedProgress() async {
        let streams = Streams(talkColumns: 40)
        await #expect(throws: CancellationError.self) {
            try await streams.console().withProgress("Embed", total: 2) { _ in throw CancellationError() }
        }
        #expect(streams.talk.text.hasSuffix("0 of 2\r\u{1B}[K"))
    }

    @Test("draws no progress where it cannot or should not", arguments: ["pipe", "dumb", "quiet"])
    func noProgress(place: String) async {
        let streams = Streams(talkColumns: place == "pipe" ? nil : 80)
        let console = streams.console(term: place == "dumb" ? "dumb" : "xterm") { $0.showsProgress = place != "quiet" }
        await console.withProgress("Embed", total: 2) { $0.advance() }
        #expect(streams.talk.text == "")
    }

    @Test("draws progress beside JSON, where a person watches", arguments: [true, false])
    func progressWithJSON(isQuiet: Bool) async {
        let program = program { context in
            await context.console.withProgress("Embed", total: 2) { $0.advance() }
            return .done
        }
        let outcome = await Outcome.of(["go", "--json"] + (isQuiet ? ["-q"] : []), program: program, talkColumns: 80)
        #expect(outcome.talk.isEmpty == isQuiet)
    }

    @Test("counts work reported by many tasks at once")
    func concurrentProgress() async {
        let streams = Streams(talkColumns: 80)
        await streams.console().withProgress("Embed", total: 100) { progress in
            await withTaskGroup { group in
                for _ in 0..<100 { group.addTask { progress.advance() } }
            }
        }
        #expect(streams.talk.text.contains("100 of 100"))
    }
}

extension Console {
    fileprivate init(
        output: any OutputSink,
        talk: any OutputSink,
        environment: [String: String],
        preferences: OutputPreferences
    ) {
        self.init(output: output, talk: talk, environment: Environment(environment), preferences: preferences)
    }
}
