package import PlanComposition
package import SkillCatalog

/// What a run is to do, fixed when it is created and complete: resuming it needs no library.
package struct RunDefinition: Sendable, Hashable {
    package var id: String
    package var createdAt: RunTime
    package var plan: Plan
    /// Every skill that a step uses or may fall back to, by id, with only the tools that can be called here.
    package var skills: [String: Skill]
    /// Hashes of the skills' folders, by id, by which a change is noticed.
    package var fingerprints: [String: String]
    package var options: RunOptions
    package var approvalRules: ApprovalRules
    /// The folder tools read and write.
    package var workspace: String

    package init(
        id: String,
        createdAt: RunTime,
        plan: Plan,
        skills: [String: Skill],
        fingerprints: [String: String] = [:],
        options: RunOptions = RunOptions(),
        approvalRules: ApprovalRules = ApprovalRules(),
        workspace: String
    ) {
        self.id = id
        self.createdAt = createdAt
        self.plan = plan
        self.skills = skills
        self.fingerprints = fingerprints
        self.options = options
        self.approvalRules = approvalRules
        self.workspace = workspace
    }

    /// The tool of that skill, where the run knows it.
    package func tool(_ name: String, of skill: String) -> Tool? { skills[skill]?.tool(named: name) }
}
