public import SkillCatalog
public import SkillRetrieval

/// What a plan is composed from.
public struct CompositionInput: Sendable {
    public var request: String
    /// Short name of the decomposer that split the request.
    public var decomposer: String
    /// In the order of the request, with unique ids.
    public var subtasks: [Subtask]
    /// For each sub-task its candidates, best first; a missing list counts as empty.
    public var candidates: [[Candidate]]
    /// The candidates' skills by id; one that is missing is planned with but not understood.
    public var skills: [String: Skill]
    /// Ids of the sub-tasks whose results each sub-task uses, where the decomposer says so; nil where it does not.
    ///
    /// What is said here comes before what the wording suggests. Unknown ids, and what would close a circle, are passed
    /// over.
    public var dependencies: [String: [String]]?
    /// Path of the folder that "this repository" and "the current folder" mean; nil where there is none.
    public var workspace: String?

    public init(
        request: String,
        decomposer: String,
        subtasks: [Subtask],
        candidates: [[Candidate]],
        skills: [String: Skill],
        dependencies: [String: [String]]? = nil,
        workspace: String? = nil
    ) {
        self.request = request
        self.decomposer = decomposer
        self.subtasks = subtasks
        self.candidates = candidates
        self.skills = skills
        self.dependencies = dependencies
        self.workspace = workspace
    }
}
