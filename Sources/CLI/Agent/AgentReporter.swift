import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillHarness
import Storage

/// Shows what an agent does: the answer on stdout, what it calls on stderr, everything in the transcript.
actor AgentReporter {
    private let console: Console
    private let isJSON: Bool
    private let transcript: AppendedFile?
    private var isInLine = false

    init(console: Console, isJSON: Bool, transcript: String?) throws {
        self.console = console
        self.isJSON = isJSON
        self.transcript = try transcript.map { try AppendedFile(path: $0) }
    }

    func report(_ event: AgentEvent) {
        if let line = event.json {
            do {
                try transcript?.append(line.serialized() + "\n")
                if isJSON { try console.writeJSON(line) }
            } catch {
                console.warn("\(error)")
            }
        }
        guard !isJSON else { return }
        switch event {
        case .text(let text):
            try? console.write(text.printable)
            isInLine = !text.hasSuffix("\n")
        case .replied:
            if isInLine { try? console.writeLine() }
            isInLine = false
        case .routed(let skills): console.note("loaded for the request: \(skills.joined(separator: ", "))")
        case .calling(let call):
            console.note("→ \(call.name.printable) \(call.arguments.printable.truncated(toColumns: 160))")
        case .returned(_, let outcome):
            console.note("\(outcome.isError ? "✘" : "✔") \(outcome.text.printable.truncated(toColumns: 160))")
        case .context(let context):
            let parts = ContextReport.Part.allCases.compactMap { part in
                context.tokens[part].flatMap { $0 > 0 ? "\(part.rawValue) \($0)" : nil }
            }
            console.detail(
                "prompt: \(context.total) tokens \(context.source.rawValue) (\(parts.joined(separator: ", ")))"
            )
        case .finished(let result):
            if result.reason != .answered {
                console.warn("stopped: \(result.reason.rawValue) after \(result.steps) steps")
            }
            console.detail("\(result.usage.total) tokens \(result.usage.source.rawValue) in \(result.steps) replies")
        }
    }
}
