import JSONSchema
import PlanComposition
import SkillCatalog

/// What a person decided about a paused run, before it is matched with what the run asks.
package struct PersonsAnswers: Sendable, Hashable {
    /// Tasks to go on with: `s2`, or `s2[3]` for one element; `all` for everything that is asked.
    package var approved: [String] = []
    /// Tasks not to do.
    package var denied: [String] = []
    /// Tasks whose unknown call took effect, with the result: `s2`, `s2={"id":7}`.
    package var done: [String] = []
    /// Values of arguments: `s1.url=https://…`.
    package var values: [String] = []

    package init() {}

    /// An answer that fits no question.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    /// The answers as transitions.
    ///
    /// - Throws: `Fault` for one that names no open question.
    package func transitions(for state: RunState, by person: String) throws(Fault) -> [RunTransition] {
        var transitions: [RunTransition] = []
        for (names, answer) in [(approved, RunAnswer.approve), (denied, .deny)] {
            for name in names {
                let open = matching(name, in: state).filter { $0.question.kind != .argument || answer == .deny }
                guard !open.isEmpty else { throw unknown(name, state) }
                transitions += open.map { .answered($0.task, answer, by: person) }
            }
        }
        for text in done {
            let (name, value) = split(text)
            let open = matching(name, in: state).filter { $0.question.kind == .unknownOutcome }
            guard !open.isEmpty else { throw unknown(name, state) }
            let result = value.map { text in (try? JSONParser.parse(text)) ?? .string(text) } ?? .null
            transitions += open.map { .answered($0.task, .done(result), by: person) }
        }
        for text in values {
            let (place, value) = split(text)
            guard let value else { throw Fault(description: "'\(text)' gives no value; write s1.url=VALUE") }
            let open = state.openQuestions.filter { open in
                open.question.kind == .argument && "\(open.task.step).\(open.question.argument ?? "")" == place
            }
            guard let first = open.first else { throw unknown(place, state) }
            let answer = ArgumentRepair.value(of: value, for: property(first, state))
            transitions += open.map { .answered($0.task, .value(answer), by: person) }
        }
        return transitions
    }

    private func property(_ open: OpenQuestion, _ state: RunState) -> JSONValue? {
        guard let step = state.definition.plan.step(open.task.step), let skill = step.skill, let tool = step.tool,
            let argument = open.question.argument
        else { return nil }
        return state.definition.tool(tool, of: skill)?.inputSchema?["properties"]?[argument]
    }

    private func matching(_ name: String, in state: RunState) -> [OpenQuestion] {
        state.openQuestions.filter { name == "all" || $0.task.description == name || $0.task.step == name }
    }

    private func split(_ text: String) -> (String, String?) {
        guard let sign = text.firstIndex(of: "=") else { return (text, nil) }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    private func unknown(_ name: String, _ state: RunState) -> Fault {
        let open = state.openQuestions.map { open in
            open.question.argument.map { "\(open.task.step).\($0)" } ?? open.task.description
        }
        let list = open.isEmpty ? "nothing" : open.joined(separator: ", ")
        return Fault(description: "the run asks nothing about '\(name)'; it asks about \(list)")
    }
}
