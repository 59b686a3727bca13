package import JSONSchema

/// Where one task stands: a step, or one element of a step's list.
package struct TaskState: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        /// It may be started, or needs a decision before.
        case ready
        case running(attempt: Int)
        /// The last attempt failed; what follows is not decided yet.
        case undecided(ToolFailure)
        case retrying(until: RunTime)
        case asking(RunQuestion)
    }

    package var phase = Phase.ready
    /// Library id of the skill and name of the tool in use: those of the plan, or what it fell back to.
    package var skill: String
    package var tool: String
    /// Arguments of the tool in use, references not resolved; nil for those of the plan.
    package var template: JSONObject?
    /// Where the result of the tool in use has what later steps look for in an element: JSON Pointers, old to new.
    package var rebound: [String: String] = [:]
    /// Resolved arguments of the last attempt, or those repaired since.
    package var arguments: JSONObject?
    package var isRepaired = false
    /// What came of asking for counsel, by what was asked; nothing where it was not.
    package var counsel: [CounselKind: String] = [:]
    package var attempts = 0
    /// Attempts with this tool and these arguments.
    package var tries = 0
    /// `skill.tool` of every tool that was used before.
    package var abandoned: [String] = []
    /// How often another candidate took over since the step was planned.
    package var fallbacks = 0
    package var approved: ApprovedCall?
    /// Values a person gave for arguments.
    package var answers = JSONObject()
    /// A person said to call it again though it may have taken effect.
    package var mayRepeat = false

    package init(skill: String, tool: String) {
        self.skill = skill
        self.tool = tool
    }

    /// `skill.tool`.
    package var qualifiedName: String { "\(skill).\(tool)" }
}

/// A call a person agreed to; any other one needs an approval of its own.
package struct ApprovedCall: Sendable, Hashable {
    package var tool: String
    package var arguments: JSONObject
}
