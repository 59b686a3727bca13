public import JSONSchema

/// What a person has to decide before a task goes on.
public struct RunQuestion: Sendable, Hashable {
    /// What is asked for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Whether the tool may be called with exactly these arguments.
        case approval
        /// The value of an argument that neither the request nor an earlier step gives.
        case argument
        /// What to do about a call of which nobody knows whether it took effect.
        case unknownOutcome = "unknown_outcome"
        /// Whether to go on with a tool whose files changed since the run began.
        case changedSkill = "changed_skill"
    }

    /// What is asked for.
    public var kind: Kind
    /// The question, as a person reads it.
    public var text: String
    /// `skill.tool`.
    public var tool: String
    /// Name of the argument that is asked for.
    public var argument: String?
    /// What the tool would be, or was, called with.
    public var arguments: JSONObject

    public init(kind: Kind, text: String, tool: String, argument: String? = nil, arguments: JSONObject = [:]) {
        self.kind = kind
        self.text = text
        self.tool = tool
        self.argument = argument
        self.arguments = arguments
    }
}

/// What a person decided.
public enum RunAnswer: Sendable, Hashable {
    /// Go on: make the call, or make it once more.
    case approve
    /// Do not: the task fails.
    case deny
    /// The value of the argument.
    case value(JSONValue)
    /// The call took effect; this is its result.
    case done(JSONValue)
}

/// A question of a run that is open.
public struct OpenQuestion: Sendable, Hashable {
    /// The step, or the element of it, that waits.
    public var task: TaskID
    /// What it waits for.
    public var question: RunQuestion

    public init(task: TaskID, question: RunQuestion) {
        self.task = task
        self.question = question
    }
}
