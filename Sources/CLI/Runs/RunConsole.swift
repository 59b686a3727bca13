import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillWeaver

/// Shows a run while it is driven: JSON lines, a picture of its steps that changes in place, or a line for each event.
struct RunConsole {
    /// Steps shown at once on a terminal.
    private static let mostRows = 20

    private let context: CommandContext
    private var state: RunState
    private var starts: [String: RunTime] = [:]
    private var durations: [String: Duration] = [:]
    private var attempts: [String: Int] = [:]
    private let isLive: Bool
    /// Lines of the picture that is on the terminal.
    private var drawn = 0

    init(_ context: CommandContext, definition: RunDefinition) {
        self.init(context, state: RunState(definition))
    }

    /// - Parameter state: what is known of the run already.
    init(_ context: CommandContext, state: RunState) {
        self.context = context
        self.state = state
        isLive = !context.wantsJSON && context.console.changesLines
    }

    /// The state as far as it was shown.
    var shown: RunState { state }

    mutating func show(_ event: RunEvent) throws {
        try state.apply(event.entry)
        note(event.entry)
        if context.wantsJSON {
            try context.console.writeJSON(event.json)
        } else if isLive {
            try draw()
        } else if event.entry.transition.isWorthALine {
            let place = event.entry.transition.task.map { "\($0.description.printable): " } ?? ""
            try context.console.writeLine(place + event.entry.transition.sentence.oneLine)
        }
    }

    /// Leaves what is drawn on the terminal, so that something else can be written below it.
    mutating func release() { drawn = 0 }

    private mutating func note(_ entry: JournalEntry) {
        guard let step = entry.transition.task?.step else { return }
        if case .attemptStarted = entry.transition {
            starts[step] = starts[step] ?? entry.at
            attempts[step, default: 0] += 1
        }
        guard let position = state.graph.positions[step], state.steps[position].end != nil, durations[step] == nil,
            let start = starts[step]
        else { return }
        durations[step] = start.duration(to: entry.at)
    }

    private mutating func draw() throws {
        var lines = rows
        let width = context.console.columns - 1
        lines = lines.map { $0.truncated(toColumns: width) }
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        let text = lines.map { "\u{1B}[2K\(styled($0))\n" }.joined()
        // What is left of a longer picture is cleared.
        try context.console.write(up + text + "\u{1B}[J")
        drawn = lines.count
    }

    private var rows: [String] {
        let positions = Array(state.steps.indices)
        var chosen = positions
        if positions.count > Self.mostRows {
            // What runs or waits is of interest, then what ended last.
            let active = positions.filter { !state.steps[$0].active.isEmpty }
            let failed = positions.filter { if case .failed? = state.steps[$0].end { true } else { false } }
            chosen = Array((active + failed).prefix(Self.mostRows - 1))
        }
        var lines = chosen.sorted().map(row)
        let done = state.steps.count { $0.end != nil }
        if chosen.count < positions.count { lines.append("… \(done) of \(positions.count) steps are done") }
        return lines
    }

    private func row(_ position: Int) -> String {
        let step = state.definition.plan.steps[position]
        let progress = state.steps[position]
        let mark: String
        var word = ""
        switch progress.end {
        case .succeeded: mark = "✓"
        case .failed(let failure): (mark, word) = ("✗", failure.message.oneLine)
        case .skipped(let reason): (mark, word) = ("-", reason.sentence.oneLine)
        case nil:
            word = progress.stateWord
            mark = word == "running" ? "▸" : word.hasPrefix("waiting") ? "?" : "·"
        }
        let tool = progress.active[0].map(\.qualifiedName) ?? step.qualifiedName ?? ""
        var parts = ["\(mark) \(step.id)  \(step.subtask.text)  (\(tool))".oneLine]
        if let count = progress.count, !progress.isSingle { parts.append("\(progress.settled) of \(count)") }
        if let count = attempts[step.id], count > max(1, progress.count ?? 1) { parts.append("\(count) attempts") }
        if let duration = durations[step.id] { parts.append("\(RunReport.seconds(duration)) s") }
        if !word.isEmpty { parts.append(word) }
        return parts.joined(separator: "  ")
    }

    private func styled(_ line: String) -> String {
        let style = context.console.style
        return switch line.first {
        case "✓": style(line, .green)
        case "✗": style(line, .red)
        case "?": style(line, .yellow)
        case "▸": style(line, .bold)
        default: style(line, .dim)
        }
    }
}

extension String {
    /// On one line, and without what commands terminals.
    var oneLine: String {
        String(printable.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}

extension RunTransition {
    /// Whether somebody who watches wants to read of it.
    fileprivate var isWorthALine: Bool {
        if case .driven = self { false } else { true }
    }
}
