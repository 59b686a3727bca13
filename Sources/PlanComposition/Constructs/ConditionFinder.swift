import JSONSchema
import SkillCatalog

/// Finds the conditions that a request puts on its steps, and what of earlier results they speak of.
struct ConditionFinder {
    let reading: RequestReading
    /// The results of each step's tool, as far as they are declared.
    let outputs: [[IOPort]]

    /// A step's condition, the step it looks at, and whether a person has to say what it looks at.
    struct Finding {
        var condition: StepCondition
        var source: Int?
        var question: String?
    }

    func condition(of step: Int, ids: [String]) -> Finding? {
        guard reading.isEnglish, step > 0, let clause = clause(of: step) else { return nil }
        var condition = StepCondition(left: .null, is: clause.comparison, right: clause.right, cue: clause.cue)
        if let (source, port) = subject(clause, before: step) {
            condition.left = OutputReference(step: ids[source], path: port.pointer).json
            return Finding(condition: condition, source: source)
        }
        // "If it is successful" without anything that says so stays with the person who reads the plan.
        guard !clause.isTruth, hasKnownValue(clause) else { return nil }
        let options = candidates(clause, before: step).prefix(4)
            .map { ReferenceText.of(OutputReference(step: ids[$0.source], path: $0.port.pointer).json) }
        var text = "What does \u{201C}\(clause.cue)\u{201D} look at?"
        if !options.isEmpty { text += " Perhaps \(options.joined(separator: ", "))." }
        return Finding(condition: condition, question: text)
    }

    /// A word such as "negative" may be anything; a number or a quoted text is compared for sure.
    private func hasKnownValue(_ clause: ConditionClause) -> Bool {
        clause.comparison != .equal && clause.comparison != .notEqual || clause.right?.doubleValue != nil
    }

    /// In the words before the step, in its own, or behind it where its sentence ends there.
    private func clause(of step: Int) -> ConditionClause? {
        let own = reading.steps[step]
        let sentence = own.body.first?.sentence
        let lead = own.lead.filter { $0.sentence == sentence }
        let isLast = step + 1 == reading.steps.count || reading.steps[step + 1].sentence != sentence
        let trail = isLast ? own.trail.filter { $0.sentence == sentence } : []
        return ConditionClause.read(lead) ?? ConditionClause.read(own.body + trail)
    }

    private func candidates(_ clause: ConditionClause, before step: Int) -> [(source: Int, port: IOPort)] {
        (0..<step).reversed().flatMap { source in
            outputs[source].filter { suits($0, clause) }.map { (source, $0) }
        }
    }

    /// The one result that the condition's words name; for a pronoun the only one there is in the step before.
    private func subject(_ clause: ConditionClause, before step: Int) -> (Int, IOPort)? {
        let candidates = candidates(clause, before: step)
        let named = candidates.map { candidate in
            clause.subject.count(where: candidate.port.nameStems.contains)
        }
        if let most = named.max(), most > 0 {
            let best = zip(candidates, named).filter { $0.1 == most }.map(\.0)
            let nearest = best.filter { $0.source == best.first?.source }
            return nearest.count == 1 ? nearest.first : nearest.first { $0.port.nameStems == clause.subject }
        }
        guard clause.subject.isEmpty else { return nil }
        let nearest = candidates.filter { $0.source == candidates.first?.source }
        return nearest.count == 1 ? nearest.first : nil
    }

    private func suits(_ port: IOPort, _ clause: ConditionClause) -> Bool {
        let isNumber = port.jsonType == "number" || port.jsonType == "integer"
        switch clause.comparison {
        case .above, .atLeast, .below, .atMost: return isNumber && !port.isCollection
        case .empty, .notEmpty: return !isNumber && port.jsonType != "boolean"
        case .contains: return port.isCollection || port.jsonType == "string"
        case .equal, .notEqual:
            if clause.isTruth { return port.jsonType == "boolean" }
            return clause.right?.doubleValue != nil ? isNumber : port.jsonType == "string" && !port.isCollection
        }
    }
}
