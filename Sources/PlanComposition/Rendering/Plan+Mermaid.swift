import SkillRetrieval

extension Plan {
    /// The plan as a Mermaid flowchart.
    ///
    /// Edges along which data flows are solid, mere order is dotted, steps without a skill are dashed; a step that runs
    /// for each element of a list has a thick border.
    public var mermaid: String {
        var lines = ["flowchart TD"]
        for (position, step) in steps.enumerated() {
            let skill = step.qualifiedName.map { MermaidText.escaped($0) } ?? "no skill fits"
            let text = MermaidText.escaped(DisplayText.cut(DisplayText.line(step.subtask.text), to: 120))
            let constructs = step.constructTexts.map { "<br/><i>\(MermaidText.escaped($0))</i>" }.joined()
            lines.append("    n\(position)[\"<b>\(skill)</b><br/>\(text)\(constructs)\"]")
        }
        let positions = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (position, step) in steps.enumerated() {
            for id in step.dependsOn {
                guard let from = positions[id] else { continue }
                let isOrder = step.reasons[id]?.carriesData == false
                lines.append("    n\(from) \(isOrder ? "-.->" : "-->") n\(position)")
            }
        }
        let repeated = steps.indices.filter { steps[$0].forEach != nil }
        if !repeated.isEmpty {
            lines.append("    classDef repeated stroke-width: 3px")
            lines.append("    class \(repeated.map { "n\($0)" }.joined(separator: ",")) repeated")
        }
        let abstained = steps.indices.filter { steps[$0].skill == nil }
        if !abstained.isEmpty {
            lines.append("    classDef abstained stroke-dasharray: 5 5")
            lines.append("    class \(abstained.map { "n\($0)" }.joined(separator: ",")) abstained")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Text inside a quoted Mermaid label.
enum MermaidText {
    /// Everything that Mermaid, Markdown or HTML could take for markup becomes a character reference.
    ///
    /// `%` is one of them: a directive such as `%%{init: …}%%` is obeyed wherever it stands.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in DisplayText.line(text).unicodeScalars {
            if markup.contains(scalar) {
                result += "#\(scalar.value);"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let markup = Set("\"`#&<>%;\\[]{}|*_".unicodeScalars)
}
