public import LanguageModels
public import SkillRetrieval

/// What a decomposer made of a request.
public struct Decomposition: Sendable, Hashable {
    /// The steps, in the order of the request.
    public var subtasks: [Subtask]
    /// Remarks a person may want to see, for example that a model's reply was unusable.
    public var diagnostics: [String]
    /// Passes over the request, and what was asked of a model in each.
    public var report: DecompositionReport
    /// Ids of the sub-tasks that each sub-task waits for, as the decomposer says; nil where it does not say.
    ///
    /// A sub-task that has no entry waits for none. Acyclic, and every id is that of a sub-task.
    public var dependencies: [String: [String]]?
    /// The library's id of the skill that a model picked for a sub-task, by the sub-task's id.
    public var picks: [String: String]
    /// The library may still split, join and complete the sub-tasks: they were read off the wording alone.
    public var isProvisional: Bool

    /// - Parameter report: nil for one pass without a model.
    public init(
        subtasks: [Subtask],
        diagnostics: [String] = [],
        report: DecompositionReport? = nil,
        dependencies: [String: [String]]? = nil,
        picks: [String: String] = [:],
        isProvisional: Bool = false
    ) {
        self.subtasks = subtasks
        self.diagnostics = diagnostics
        self.report = report ?? DecompositionReport(rounds: [DecompositionRound(steps: subtasks.count)])
        self.dependencies = dependencies
        self.picks = picks
        self.isProvisional = isProvisional
    }

    /// What all calls of a model cost together.
    public var tokens: TokenUsage { report.tokens }

    /// Passes over the request; more than one for skill-aware decomposition.
    public var rounds: Int { report.rounds.count }
}
