package import JSONSchema
import Synchronization

/// The two streams a command speaks on: data on stdout, everything else on stderr.
///
/// Copies share the streams. Every text passes whole, so that tasks may write at once.
package struct Console: Sendable {
    package let preferences: OutputPreferences
    /// Styles for text on stdout.
    package let style: TextStyler
    /// Columns to lay out text on stdout: the terminal's, or 80.
    package let columns: Int
    let talkStyle: TextStyler
    let environment: Environment
    let streams: ConsoleStreams

    package init(
        output: any OutputSink = DescriptorSink.standardOutput,
        talk: any OutputSink = DescriptorSink.standardError,
        environment: Environment = .process,
        preferences: OutputPreferences = OutputPreferences()
    ) {
        self.init(ConsoleStreams(output: output, talk: talk), environment: environment, preferences: preferences)
    }

    private init(_ streams: ConsoleStreams, environment: Environment, preferences: OutputPreferences) {
        self.streams = streams
        self.environment = environment
        self.preferences = preferences
        let outputColumns = streams.output.terminalColumns
        columns = outputColumns ?? DescriptorSink.usualColumns
        let color = preferences.color
        style = TextStyler(isEnabled: color.applies(toTerminal: outputColumns != nil, environment: environment))
        let talkIsTerminal = streams.talk.terminalColumns != nil
        talkStyle = TextStyler(isEnabled: color.applies(toTerminal: talkIsTerminal, environment: environment))
    }

    /// The same streams, used as a user prefers.
    package func with(_ preferences: OutputPreferences) -> Console {
        Console(streams, environment: environment, preferences: preferences)
    }
}

extension Console {
    /// Whether text on stdout can be changed after it was written.
    package var changesLines: Bool { streams.output.terminalColumns != nil && !environment.isDumbTerminal }

    /// Whether stderr is a terminal, so that a question there is seen.
    package var talksToTerminal: Bool { streams.talk.terminalColumns != nil }

    /// Asks for a line, without ending the line of the question; also under `--quiet`.
    package func prompt(_ text: String) { streams.writeTalk(text.printable) }
}

// MARK: - Data, on stdout

extension Console {
    /// Writes text as it is. Text that others wrote should be `printable` when a person reads it.
    package func write(_ text: String) throws(OutputError) {
        try streams.writeOutput(text)
    }

    /// Writes text and a line feed.
    package func writeLine(_ text: String = "") throws(OutputError) {
        try streams.writeOutput(text + "\n")
    }

    /// Writes one JSON value on one line.
    package func writeJSON(_ value: JSONValue) throws(OutputError) {
        try streams.writeOutput(value.serialized() + "\n")
    }

    /// The first write to stdout that failed, also where the command went on.
    var outputFailure: OutputError? { streams.outputFailure }
}

// MARK: - Talk, on stderr; never fails

extension Console {
    /// Says what a user may want to know while or after the work is done.
    package func note(_ text: String) {
        if preferences.talk >= .normal { streams.writeTalk(text.printable + "\n") }
    }

    /// Says what a user wants to know who asked for more.
    package func detail(_ text: String) {
        if preferences.talk >= .verbose { streams.writeTalk(talkStyle(text.printable, .dim) + "\n") }
    }

    /// Says that something is suspicious, though the work goes on.
    package func warn(_ text: String) {
        if preferences.talk >= .normal {
            streams.writeTalk("\(talkStyle("warning:", .bold, .yellow)) \(text.printable)\n")
        }
    }

    /// Shows an error, with its hint on a line of its own; or as one JSON object on one line.
    package func report(_ error: CommandError) {
        guard !preferences.isJSON else { return streams.writeTalk(error.json.serialized() + "\n") }
        var text = "\(talkStyle("error:", .bold, .red)) \(error.message.printable)\n"
        if let hint = error.hint { text += " \(talkStyle("hint:", .bold, .cyan)) \(hint.printable)\n" }
        streams.writeTalk(text)
    }
}
