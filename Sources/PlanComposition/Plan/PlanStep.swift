public import JSONSchema
public import SkillRetrieval

/// One step of a plan: a sub-task, the skill chosen for it, and what it waits for.
public struct PlanStep: Sendable, Hashable, Identifiable {
    /// Unique within the plan; the sub-task's own id.
    public var id: String
    /// What is to be done, in the words of the request.
    public var subtask: Subtask
    /// The library's id of the chosen skill; nil when none fits.
    public var skill: String?
    /// Name of the chosen tool within the skill; nil where the candidate named none.
    public var tool: String?
    /// Relevance of the chosen candidate, on the retriever's scale; of the best candidate where none was chosen.
    public var score: Double
    /// What was there to choose from, best first.
    public var candidates: [Candidate]
    /// Ids of the steps that must be done before this one starts; none of them implied by another.
    public var dependsOn: [String]
    /// Why it waits for each of them, by id.
    public var reasons: [String: EdgeReason]
    /// Arguments bound so far: literals of the request, and references to results of earlier steps.
    ///
    /// Nil when the tool is unknown or takes nothing.
    public var arguments: JSONObject?
    /// Why no skill was chosen; nil when one was.
    public var abstention: String?
    /// The list the step runs over, once for each element; nil for a step that runs once.
    public var forEach: FanOut?
    /// What must hold for the step to run; nil for one that always does.
    public var condition: StepCondition?

    public init(
        id: String,
        subtask: Subtask,
        skill: String? = nil,
        tool: String? = nil,
        score: Double = 0,
        candidates: [Candidate] = [],
        dependsOn: [String] = [],
        reasons: [String: EdgeReason] = [:],
        arguments: JSONObject? = nil,
        abstention: String? = nil,
        forEach: FanOut? = nil,
        condition: StepCondition? = nil
    ) {
        self.id = id
        self.subtask = subtask
        self.skill = skill
        self.tool = tool
        self.score = score
        self.candidates = candidates
        self.dependsOn = dependsOn
        self.reasons = reasons
        self.arguments = arguments
        self.abstention = abstention
        self.forEach = forEach
        self.condition = condition
    }

    /// `skill.tool`, `skill` where no tool was chosen, nil where no skill was.
    public var qualifiedName: String? {
        skill.map { skill in tool.map { "\(skill).\($0)" } ?? skill }
    }
}
