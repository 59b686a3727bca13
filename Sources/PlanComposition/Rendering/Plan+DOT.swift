import SkillRetrieval

extension Plan {
    /// The plan in the language of Graphviz.
    ///
    /// A box per step with the skill in bold and the sub-task below; dashed where no skill fits; a dotted line where
    /// only the order is asked for; a double border where a step runs for each element of a list.
    public var dot: String {
        var lines = [
            "digraph plan {",
            "    graph [rankdir=TB, bgcolor=\"transparent\", nodesep=0.4, ranksep=0.5, pad=0.2]",
            "    node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=12, margin=\"0.2,0.12\", "
                + "color=\"#5b7ca6\", fillcolor=\"#eef4fb\", fontcolor=\"#1d2b3a\", penwidth=1.2]",
            "    edge [color=\"#6b7785\", arrowsize=0.7, penwidth=1.1]",
        ]
        for (position, step) in steps.enumerated() {
            var look =
                step.skill == nil
                ? ", style=\"rounded,dashed,filled\", color=\"#a0525a\", fillcolor=\"#fdf3f3\"" : ""
            if step.forEach != nil { look += ", peripheries=2" }
            lines.append("    n\(position) [label=<\(Self.label(step))>\(look)]")
        }
        let positions = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (position, step) in steps.enumerated() {
            for id in step.dependsOn {
                guard let from = positions[id] else { continue }
                let tooltip = step.reasons[id].map { DOTText.escaped($0.cue) } ?? ""
                let style = step.reasons[id]?.carriesData == false ? "dotted" : "solid"
                lines.append("    n\(from) -> n\(position) [style=\(style), tooltip=\"\(tooltip)\"]")
            }
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    private static func label(_ step: PlanStep) -> String {
        let name = DisplayText.cut(DisplayText.line(step.qualifiedName ?? "no skill fits"), to: 48)
        let text = DisplayText.wrap(DisplayText.line(step.subtask.text), to: 40, lines: 4)
        let body = text.map(DOTText.escaped).joined(separator: "<br/>")
        // Graphviz refuses elements without text.
        let bold = "<b>\(name.isEmpty ? "–" : DOTText.escaped(name))</b>"
        let constructs = step.constructTexts.map { text in
            "<br/><i>\(DOTText.escaped(DisplayText.cut(DisplayText.line(text), to: 56)))</i>"
        }
        let title = bold + constructs.joined()
        return body.isEmpty ? title : "\(title)<br/><font point-size=\"11\" color=\"#4a5a6a\">\(body)</font>"
    }
}

/// Text inside an HTML-like label of Graphviz.
enum DOTText {
    /// The characters that are markup in such a label, as references; what XML forbids is gone already.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in DisplayText.line(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            // Inside a label brackets are harmless to Graphviz, but not to everyone who reads its files line by line.
            case "[": result += "&#91;"
            case "]": result += "&#93;"
            case "\\": result += "&#92;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
