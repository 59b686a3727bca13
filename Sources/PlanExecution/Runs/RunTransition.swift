public import JSONSchema

/// One thing that happened in a run, or was decided about it.
///
/// A run's journal is the list of its transitions; what a run is at any moment follows from them alone. Each is durable
/// before it takes effect: an attempt begins when the transition that says so is on disk.
public enum RunTransition: Sendable, Hashable {
    /// Somebody begins to drive the run, or goes on with it.
    case driven(by: String)
    /// A step runs for each of so many elements.
    case fannedOut(step: String, count: Int)
    case attemptStarted(RunAttempt)
    case succeeded(TaskID, attempt: Int, value: JSONValue, remarks: [String])
    case attemptFailed(TaskID, attempt: Int, ToolFailure)
    /// Whoever made the attempt is gone, and nobody knows how it ended.
    case attemptLost(TaskID, attempt: Int)
    case retryPlanned(TaskID, until: RunTime, because: String)
    /// The arguments broke the tool's schema, or the tool refused them, and they were changed.
    case repaired(TaskID, ArgumentChange)
    case fellBack(TaskID, RunFallback)
    /// Nothing else was left to try, and another way was found for the step and those behind it.
    case replanned(TaskID, RunReplan)
    /// Somebody was asked about a failed task, and knows nothing better.
    case unadvised(TaskID, CounselKind, by: String, because: String)
    case asked(TaskID, RunQuestion)
    case answered(TaskID, RunAnswer, by: String)
    /// Nothing more is tried.
    case failed(TaskID, ToolFailure)
    case skipped(TaskID, SkipReason)
    case compensationStarted(RunAttempt)
    case compensated(TaskID)
    case compensationFailed(TaskID, ToolFailure, isFinal: Bool)
    /// The skill changed on disk since the run began.
    case skillChanged(skill: String)
    case cancelRequested(by: String)
    /// Nobody drives the run for now.
    case paused(PauseReason)
    case finished(RunOutcome)
}

/// One attempt at a task.
public struct RunAttempt: Sendable, Hashable {
    /// The step, or the element of it.
    public var task: TaskID
    /// From 1, counted over all tools that were tried.
    public var number: Int
    /// Library id of the skill.
    public var skill: String
    /// Name of the tool within the skill.
    public var tool: String
    /// What the tool is called with; nil when the journal has them already, from the attempt before.
    public var arguments: JSONObject?
    /// Which process makes it; nil where only one does.
    public var worker: String?

    public init(task: TaskID, number: Int, skill: String, tool: String, arguments: JSONObject?, worker: String? = nil) {
        self.task = task
        self.number = number
        self.skill = skill
        self.tool = tool
        self.arguments = arguments
        self.worker = worker
    }

    /// `skill.tool`.
    public var qualifiedName: String { "\(skill).\(tool)" }
}

/// Arguments that were changed so that the tool takes them.
public struct ArgumentChange: Sendable, Hashable {
    public var arguments: JSONObject
    /// What was changed, a sentence each.
    public var changes: [String]
    /// `schema` for the rules of the program, else the name of the model.
    public var author: String

    public init(arguments: JSONObject, changes: [String], author: String = "schema") {
        self.arguments = arguments
        self.changes = changes
        self.author = author
    }

    /// No model had a hand in it.
    var isByRules: Bool { author == Self.rules }
    static let rules = "schema"
}

/// Another tool takes over a task.
public struct RunFallback: Sendable, Hashable {
    public var skill: String
    public var tool: String
    /// Arguments for the new tool, references not yet resolved.
    public var arguments: JSONObject
    /// Where later steps find in the new result what they look for in the planned one: JSON Pointers, old to new.
    public var rebound: [String: String]
    public var because: String
    /// Candidates that were looked at and left out, with the reason.
    public var passedOver: [String]

    public init(
        skill: String,
        tool: String,
        arguments: JSONObject,
        rebound: [String: String] = [:],
        because: String,
        passedOver: [String] = []
    ) {
        self.skill = skill
        self.tool = tool
        self.arguments = arguments
        self.rebound = rebound
        self.because = because
        self.passedOver = passedOver
    }

    /// `skill.tool`.
    public var qualifiedName: String { "\(skill).\(tool)" }
}

/// Why a task is not done at all.
public enum SkipReason: Sendable, Hashable {
    /// The condition of the step does not hold; the text says with which values.
    case condition(String)
    /// The step needs one that was skipped.
    case needsSkipped(step: String)
    /// The step waits for one that failed.
    case needsFailed(step: String)
    /// The run was cancelled first.
    case cancelled
}

/// Why nobody drives a run that is not finished.
public enum PauseReason: String, Sendable, Hashable, CaseIterable {
    /// A person has to decide.
    case waiting
    /// It was stopped from outside, as by Ctrl-C.
    case interrupted
}

/// How a run ended.
public enum RunOutcome: String, Sendable, Hashable, CaseIterable {
    case succeeded
    /// At least one step failed; the results of the others are kept.
    case failed
    case cancelled
}
