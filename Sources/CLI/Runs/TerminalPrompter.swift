import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillWeaver

/// Asks the person at the terminal.
struct TerminalPrompter: Sendable {
    let console: Console
    let lines: TerminalLines

    /// Nil where stdin and stderr are not both a terminal: then nobody can be asked.
    init?(_ console: Console) {
        guard let lines = TerminalLines.standard, console.talksToTerminal else { return nil }
        self.console = console
        self.lines = lines
    }

    /// - Returns: nil when the person leaves it open.
    func ask(_ open: OpenQuestion) async -> RunAnswer? {
        let question = open.question
        console.note("")
        console.note("\(open.task): \(question.text)")
        for line in question.argumentLines { console.note("    \(line)") }
        while true {
            console.prompt(Self.choices(question.kind))
            guard let line = try? await lines.next() else { return nil }
            let word = line.trimmed
            switch (question.kind, word.lowercased()) {
            case (_, "q"): return nil
            case (.argument, ""): continue
            case (.argument, _): return .value(.string(word))
            case (_, "y"), (_, "yes"): return .approve
            case (_, "n"), (_, "no"): return .deny
            case (.unknownOutcome, "d"), (.unknownOutcome, "done"): return .done(.null)
            default: continue
            }
        }
    }

    private static func choices(_ kind: RunQuestion.Kind) -> String {
        switch kind {
        case .approval, .changedSkill: "[y] yes  [n] no  [q] decide later: "
        case .argument: "value ([q] decide later): "
        case .unknownOutcome: "[y] call it again  [d] it was done  [n] give up  [q] decide later: "
        }
    }
}

extension String {
    /// Without space at both ends.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
