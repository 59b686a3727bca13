import JSONSchema
package import LanguageModels

/// The steps of a reply, each with the skill the model picked for it.
package struct SkillSelection: Sendable, Hashable {
    package var steps: [ProposedStep]
    /// True where the reply was of no use and the only step is the request itself.
    package var isWholeRequest: Bool
    package var diagnostics: [String]
    /// Why the steps should not be relied on; nil where they may be.
    package var defect: String?
}

/// Reads which skill a model picked for each step.
package enum SkillSelectionParser {
    /// The steps with their skills.
    ///
    /// An array of objects with a step and a skill, or of names alone, which then stand for the steps too. A name that
    /// is not in the list leaves its step without a skill and is reported. Where the reply has no such array, its list
    /// of steps counts, without skills.
    package static func parse(
        _ reply: ChatReply,
        request: String,
        skills: SkillNameTable
    ) -> SkillSelection {
        let answer = ReplyText.answer(in: reply.text)
        guard let array = ReplyArray.first(in: answer, reading: { step(of: $0, skills) }),
            !Refusal.isRefusal(array.values[0].step.text)
        else {
            let parsed = StepListParser.parse(reply, request: request)
            return SkillSelection(
                steps: parsed.steps.map { ProposedStep(text: $0) },
                isWholeRequest: parsed.form == .wholeRequest,
                diagnostics: parsed.diagnostics,
                defect: parsed.defect
            )
        }
        var diagnostics: [String] = []
        let limit = DecompositionLimits.maximumSteps
        if array.values.count > limit {
            diagnostics.append("the model listed \(array.values.count) steps; the first \(limit) are kept")
        }
        if !array.isClosed {
            diagnostics.append("the model's reply breaks off inside its list, after step \(array.values.count)")
        }
        let defect = diagnostics.first
        let unknown = array.values.prefix(limit).compactMap(\.unknownName)
        if let first = unknown.first {
            let more = unknown.count > 1 ? " and \(unknown.count - 1) more" : ""
            diagnostics.append("the model named skills that do not exist: \"\(first)\"\(more)")
        }
        return SkillSelection(
            steps: array.values.prefix(limit).map(\.step),
            isWholeRequest: false,
            diagnostics: diagnostics,
            defect: defect
        )
    }

    private static let skillMembers = [
        "skill", "skill_name", "skillName", "selected_skill", "tool", "tool_name", "name",
    ]

    private static func step(
        of element: JSONValue,
        _ skills: SkillNameTable
    ) -> (step: ProposedStep, unknownName: String?)? {
        guard let object = element.objectValue else {
            guard let name = StepText.text(of: element) else { return nil }
            let skill = skills.skill(named: name)
            return (ProposedStep(text: name, skill: skill), skill == nil ? name : nil)
        }
        let member = skillMembers.first { object[$0]?.stringValue != nil }
        let name = member.flatMap { object[$0]?.stringValue }
        var description = object
        if let member { description[member] = nil }
        let text = StepText.text(of: .object(description)) ?? name.flatMap(StepText.cleaned)
        guard let text else { return nil }
        let skill = name.flatMap(skills.skill)
        let shown = name.map { PromptText.skillName($0) }
        return (ProposedStep(text: text, skill: skill), skill == nil ? shown : nil)
    }
}
