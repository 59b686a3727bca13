import SkillRetrieval

extension Plan {
    /// The plan as a table for a terminal, readable without colour.
    ///
    /// - Parameter width: columns of the terminal; anything below 48 is taken as 48.
    /// - Returns: lines without a break at the end.
    public func table(width: Int = 100) -> String {
        let table = PlanTable(self, width: max(48, width))
        return table.lines.joined(separator: "\n")
    }
}

/// Lays a plan out in columns.
private struct PlanTable {
    private static let gap = "  "
    private static let titles = ["step", "sub-task", "skill", "score", "after"]
    /// Lines a cell may take before it is cut.
    private static let maximumLines = 4

    private(set) var lines: [String] = []

    init(_ plan: Plan, width: Int) {
        let rows = plan.steps.map { step in
            [
                DisplayText.line(step.id),
                DisplayText.line(step.subtask.text),
                step.qualifiedName.map(DisplayText.line) ?? "— none fits",
                Decimals.text(step.score),
                step.dependsOn.isEmpty ? "–" : DisplayText.line(step.dependsOn.joined(separator: ", ")),
            ]
        }
        let widths = Self.widths(rows, width: width)
        add(Self.titles.map { [$0] }, widths)
        add(widths.map { [String(repeating: "─", count: $0)] }, widths)
        for (row, step) in zip(rows, plan.steps) {
            add(zip(row, widths).map { DisplayText.wrap($0, to: $1, lines: Self.maximumLines) }, widths)
            if let need = step.subtask.origin.need {
                addNote("implicit: \(need.reason)", indent: widths[0] + Self.gap.count, width)
            }
            for text in step.constructTexts { addNote(text, indent: widths[0] + Self.gap.count, width) }
            if let reason = step.abstention { addNote(reason, indent: widths[0] + Self.gap.count, width) }
        }
        addNotes(plan, width)
    }

    /// Narrow columns get what they need; the rest is shared by the sub-task and the skill.
    private static func widths(_ rows: [[String]], width: Int) -> [Int] {
        var widths = titles.indices.map { column in
            (rows.map { $0[column] } + [titles[column]]).map(DisplayText.width).max() ?? 0
        }
        widths[0] = min(widths[0], 8)
        widths[4] = min(widths[4], 12)
        let free = width - widths[0] - widths[3] - widths[4] - gap.count * 4
        if widths[1] + widths[2] > free {
            widths[2] = min(widths[2], max(free * 2 / 5, free - widths[1]))
            widths[1] = max(8, free - widths[2])
        }
        return widths
    }

    private mutating func add(_ cells: [[String]], _ widths: [Int]) {
        for line in 0..<(cells.map(\.count).max() ?? 0) {
            let texts = cells.indices.map { column in
                let text = line < cells[column].count ? cells[column][line] : ""
                return DisplayText.pad(text, to: widths[column], right: column == 3)
            }
            var joined = texts.joined(separator: Self.gap)
            while joined.last == " " { joined.removeLast() }
            lines.append(joined)
        }
    }

    private mutating func addNotes(_ plan: Plan, _ width: Int) {
        let groups = plan.groups.map { $0.count == 1 ? $0[0] : "[\($0.joined(separator: " | "))]" }
        lines.append("")
        addNote("order: " + groups.joined(separator: " → "), indent: 0, width)
        for question in plan.questions { addNote("? \(question.step): \(question.text)", indent: 0, width) }
        for flag in plan.flags { addNote("! asks before it runs: \(flag.why)", indent: 0, width) }
        for remark in plan.diagnostics { addNote("! \(remark)", indent: 0, width) }
        if let report = plan.decomposition, report.calls > 0 { addNote(report.summary, indent: 0, width) }
        if let report = plan.binding {
            let remark = report.remark.map { "; not taken: \($0)" } ?? ""
            addNote("arguments bound by \(report.model)\(remark)", indent: 0, width)
        }
        for report in plan.reranking { addNote(report.summary, indent: 0, width) }
    }

    private mutating func addNote(_ text: String, indent: Int, _ width: Int) {
        let wrapped = DisplayText.wrap(DisplayText.line(text), to: width - indent, lines: 6)
        lines += wrapped.map { String(repeating: " ", count: indent) + $0 }
    }
}
