public import PlanExecution

/// How a plan is run.
public struct RunRequest: Sendable {
    /// The folder tools read and write; nil for a new one in the user's own folder.
    public var workspace: String?
    /// Limits, retries, approvals.
    public var options = RunOptions()
    /// Asks the person in front of the program when something needs a decision; nil where there is none: the run pauses,
    /// and `resume` goes on with it.
    public var prompter: (@Sendable (OpenQuestion) async -> RunAnswer?)?

    public init() {}
}
