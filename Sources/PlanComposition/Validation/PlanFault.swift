/// Something that keeps a plan from running, or that its author should look at.
public enum PlanFault: Sendable, Hashable {
    case duplicateStep(String)
    case unknownDependency(step: String, dependency: String)
    /// The steps in the order in which each waits for the one before; the first waits for the last.
    case cycle([String])
    /// The step also waits for the dependency through another step, so the edge says nothing.
    case transitiveDependency(step: String, dependency: String)
    case unknownSkill(step: String, skill: String)
    case unknownTool(step: String, skill: String, tool: String)
    case malformedReference(step: String, argument: String, why: String)
    case unknownReference(step: String, argument: String, target: String)
    /// The reference points to a step that may not have run by then.
    case referenceWithoutDependency(step: String, argument: String, target: String)
    case unknownArgument(step: String, argument: String, tool: String)
    /// A required argument has no value, and no question asks for it.
    case unboundArgument(step: String, argument: String, tool: String)
    case questionForUnknownStep(step: String, argument: String)
    /// A literal value that the tool's schema refuses.
    case argumentOfWrongType(step: String, argument: String, problem: String)
    /// `$item` in a step that runs once, or in the list itself.
    case itemOutsideFanOut(step: String, argument: String)
    /// What a fan-out should run over is no list, by the schema of the step it comes from.
    case fanOutOverNoList(step: String, target: String, path: String, type: String)
    /// The schema of the step a reference points to does not list that place.
    case unknownOutput(step: String, argument: String, target: String, path: String)
    /// The condition says nothing on its left side, and no question asks for it.
    case unboundCondition(step: String)
    /// Data from a private source reaches others, and nobody has been asked.
    case privateDataToPublic(PlanFlag)

    /// Whether the plan can run all the same.
    public enum Severity: String, Sendable, Hashable {
        case warning, error
    }

    /// Errors keep the plan from running.
    public var severity: Severity {
        switch self {
        case .transitiveDependency, .questionForUnknownStep, .unknownOutput, .privateDataToPublic: .warning
        default: .error
        }
    }

    /// A stable word for programs.
    public var code: String {
        switch self {
        case .duplicateStep: "duplicate-step"
        case .unknownDependency: "unknown-dependency"
        case .cycle: "cycle"
        case .transitiveDependency: "transitive-dependency"
        case .unknownSkill: "unknown-skill"
        case .unknownTool: "unknown-tool"
        case .malformedReference: "malformed-reference"
        case .unknownReference: "unknown-reference"
        case .referenceWithoutDependency: "reference-without-dependency"
        case .unknownArgument: "unknown-argument"
        case .unboundArgument: "unbound-argument"
        case .questionForUnknownStep: "question-for-unknown-step"
        case .argumentOfWrongType: "argument-of-wrong-type"
        case .itemOutsideFanOut: "item-outside-fan-out"
        case .fanOutOverNoList: "fan-out-over-no-list"
        case .unknownOutput: "unknown-output"
        case .unboundCondition: "unbound-condition"
        case .privateDataToPublic: "private-data-to-public"
        }
    }
}

extension PlanFault: CustomStringConvertible {
    /// What is wrong and what to do about it, in one sentence.
    public var description: String {
        switch self {
        case .duplicateStep(let step):
            "two steps are called \(step); give each its own id"
        case .unknownDependency(let step, let dependency):
            "\(step) waits for \(dependency), which is not in the plan; add that step or remove the dependency"
        case .cycle(let steps) where steps.count == 1:
            "\(steps[0]) waits for itself; remove that dependency"
        case .cycle(let steps):
            "these steps wait for each other: \((steps + steps.prefix(1)).joined(separator: " → ")); remove one dependency"
        case .transitiveDependency(let step, let dependency):
            "\(step) waits for \(dependency) through another step already; the dependency can be removed"
        case .unknownSkill(let step, let skill):
            "\(step) uses the skill \(skill), which the library does not have"
        case .unknownTool(let step, let skill, let tool):
            "\(step) uses the tool \(tool), which the skill \(skill) does not have"
        case .malformedReference(let step, let argument, let why):
            "argument \(argument) of \(step) is no usable reference: \(why)"
        case .unknownReference(let step, let argument, let target):
            "argument \(argument) of \(step) takes a result of \(target), which is not in the plan"
        case .referenceWithoutDependency(let step, let argument, let target):
            "argument \(argument) of \(step) takes a result of \(target), but \(step) does not wait for it; "
                + "add \(target) to depends_on"
        case .unknownArgument(let step, let argument, let tool):
            "\(step) gives \(tool) an argument \(argument), which that tool does not have"
        case .unboundArgument(let step, let argument, let tool):
            "\(step) lacks the argument \(argument), which \(tool) requires; bind it or ask for it"
        case .questionForUnknownStep(let step, let argument):
            "a question asks for \(argument) of \(step), which is not in the plan"
        case .argumentOfWrongType(let step, let argument, let problem):
            "argument \(argument) of \(step) does not fit the tool's schema: \(problem)"
        case .itemOutsideFanOut(let step, let argument):
            "\(argument) of \(step) takes the element at hand with $item, but there is none: "
                + "only arguments and conditions of a step with for_each have one"
        case .fanOutOverNoList(let step, let target, let path, let type):
            "\(step) is to run for each element of \(path.isEmpty ? "the result" : path) of \(target), "
                + "which is of type \(type) and no list"
        case .unknownOutput(let step, let argument, let target, let path):
            "argument \(argument) of \(step) takes \(path) of \(target), which that tool's result schema does not list"
        case .unboundCondition(let step):
            "the condition of \(step) has nothing on its left side; give it a value or a reference, or ask for it"
        case .privateDataToPublic(let flag):
            flag.why
        }
    }
}
