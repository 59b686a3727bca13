import JSONSchema
import PlanComposition
import PlanExecution

/// What the steps of a run came to, by its journal: the tools that did them, with which arguments, and what they returned.
struct RunHistory {
    struct Step {
        /// Library id of the skill and name of the tool that did it, which are not the plan's where another took over.
        var skill: String
        var tool: String
        /// With references to other steps where the plan has them.
        var arguments: JSONObject
        /// Arguments whose values a person gave.
        var answered: Set<String> = []
        /// By element; 0 for a step that ran once.
        var results: [Int: JSONValue] = [:]
        /// Where the result has what the plan looks for in that of the planned tool.
        var rebound: [String: String] = [:]
        fileprivate var asked: String?
    }

    private(set) var steps: [String: Step] = [:]

    init(of plan: Plan, entries: [JournalEntry]) {
        for step in plan.steps {
            steps[step.id] = Step(
                skill: step.skill ?? "",
                tool: step.tool ?? "",
                arguments: step.arguments ?? [:],
                answered: Set(plan.answered.compactMap { Self.argument($0, of: step.id) })
            )
        }
        for entry in entries { take(entry.transition) }
    }

    private mutating func take(_ transition: RunTransition) {
        switch transition {
        case .asked(let task, let question): steps[task.step]?.asked = question.argument
        case .answered(let task, .value(let value), _):
            guard let name = steps[task.step]?.asked else { return }
            steps[task.step]?.arguments[name] = value
            steps[task.step]?.answered.insert(name)
        case .answered(let task, .done(let value), _): steps[task.step]?.results[task.element ?? 0] = value
        case .repaired(let task, let change) where task.element == nil: repair(task.step, change)
        case .fellBack(let task, let fallback) where task.element == nil:
            steps[task.step]?.skill = fallback.skill
            steps[task.step]?.tool = fallback.tool
            steps[task.step]?.arguments = fallback.arguments
            steps[task.step]?.rebound = fallback.rebound
        case .succeeded(let task, _, let value, _): steps[task.step]?.results[task.element ?? 0] = value
        default: break
        }
    }

    /// Takes over what was repaired, where the plan has no reference in its place.
    private mutating func repair(_ step: String, _ change: ArgumentChange) {
        guard var arguments = steps[step]?.arguments else { return }
        for (name, value) in change.arguments where OutputReference.all(in: arguments[name] ?? .null).isEmpty {
            arguments[name] = value
        }
        for name in arguments.keys where change.arguments[name] == nil { arguments[name] = nil }
        steps[step]?.arguments = arguments
    }

    private static func argument(_ place: String, of step: String) -> String? {
        place.hasPrefix("\(step).") ? String(place.dropFirst(step.count + 1)) : nil
    }
}
