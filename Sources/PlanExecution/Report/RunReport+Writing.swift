package import JSONSchema

extension RunReport {
    /// The report as JSON.
    package var json: JSONValue {
        [
            "run": .string(run), "request": .string(request), "phase": .string(phase.rawValue),
            "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
            "steps": .array(steps.map(\.json)),
            "questions": .array(
                questions.map { open in
                    var members: JSONObject = ["task": .string(open.task.description)]
                    for (name, value) in open.question.json.objectValue ?? [:] { members[name] = value }
                    return .object(members)
                }
            ),
            "history": .array(history.map(\.json)),
        ]
    }

    /// The report for a page.
    package var markdown: String {
        var lines = [
            "# Run \(run)", "", "> \(Self.escaped(request))", "",
            "\(phase.rawValue), created \(createdAt), last change \(updatedAt)", "",
            "| step | what | tool | state | attempts | seconds |", "| --- | --- | --- | --- | ---: | ---: |",
        ]
        for step in steps {
            let cells = [
                step.id, step.subtask, step.tools.joined(separator: " → "), step.state, String(step.attempts),
                step.duration.map(Self.seconds) ?? "",
            ]
            lines.append("| " + cells.map(Self.escaped).joined(separator: " | ") + " |")
        }
        for step in steps where !step.history.isEmpty {
            lines += ["", "## \(Self.escaped(step.id)): \(Self.escaped(step.subtask))", ""]
            if let why = step.why { lines += ["\(step.state): \(Self.escaped(why))", ""] }
            lines += step.history.map { "- \($0.at) \($0.element.map { "[\($0)] " } ?? "")\(Self.escaped($0.text))" }
        }
        if !questions.isEmpty {
            lines += ["", "## Open", ""]
            lines += questions.map { "- \($0.task): \(Self.escaped($0.question.text))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The report for a terminal.
    package var text: String {
        var lines = ["\(run)  \(phase.rawValue)", "\(request)", ""]
        for step in steps {
            let tools = step.tools.joined(separator: " → ")
            let time = step.duration.map { "  \(Self.seconds($0)) s" } ?? ""
            let attempts = step.attempts > 1 ? "  \(step.attempts) attempts" : ""
            lines.append("\(step.id)  \(step.state)  \(tools)\(attempts)\(time)")
            lines.append("    \(step.subtask)")
            if let why = step.why { lines.append("    \(why)") }
            for line in step.history {
                let place = line.element.map { "[\($0)] " } ?? ""
                lines.append("    \(line.at.description.dropFirst(11).prefix(12))  \(place)\(line.text)")
            }
        }
        if !questions.isEmpty {
            lines += ["", "open:"] + questions.map { "  \($0.task): \($0.question.text)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A duration with two decimals.
    package static func seconds(_ duration: Duration) -> String {
        let hundredths = (duration.wholeMilliseconds + 5) / 10
        let rest = String(hundredths % 100)
        return "\(hundredths / 100).\(rest.count < 2 ? "0" : "")\(rest)"
    }

    /// Text of others without what means something in Markdown.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if character.isNewline {
                escaped += " "
            } else {
                if "\\`*_[]<>|#".contains(character) { escaped += "\\" }
                escaped.append(character)
            }
        }
        return escaped
    }
}

extension RunReport.Step {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "id": .string(id), "subtask": .string(subtask), "tools": JSONValue(tools), "state": .string(state),
            "attempts": JSONValue(attempts),
        ]
        members["why"] = why.map(JSONValue.string)
        members["started_at"] = startedAt.map { .string($0.description) }
        members["ended_at"] = endedAt.map { .string($0.description) }
        members["milliseconds"] = duration.map { .integer($0.wholeMilliseconds) }
        members["result"] = result
        members["history"] = .array(history.map(\.json))
        return .object(members)
    }
}

extension RunReport.Line {
    fileprivate var json: JSONValue {
        var members: JSONObject = ["at": .string(at.description), "text": .string(text)]
        members["element"] = element.map { JSONValue($0) }
        return .object(members)
    }
}

extension RunReport {
    /// Keeps what the steps came to, without how.
    package mutating func forgetHistory() {
        for position in steps.indices { steps[position].history = [] }
    }
}

extension RunSummary {
    /// `{"run","created_at","updated_at","phase","steps","request"}`.
    package var json: JSONValue {
        [
            "run": .string(id), "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description), "phase": .string(phase.rawValue), "steps": JSONValue(steps),
            "request": .string(request),
        ]
    }
}
