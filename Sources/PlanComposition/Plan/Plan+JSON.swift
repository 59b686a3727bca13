public import JSONSchema
package import LanguageModels
package import SkillRetrieval

extension Plan {
    /// The plan as JSON: the contract of `route --json`, keys in its order, additions after them.
    ///
    /// Scores are rounded to four decimals, times to three.
    public var json: JSONValue {
        var members: JSONObject = [
            "request": .string(request),
            "decomposer": .string(decomposer),
            "steps": .array(steps.map(\.json)),
            "groups": .array(groups.map { JSONValue($0) }),
            "questions": .array(questions.map(\.json)),
            "diagnostics": JSONValue(diagnostics),
            "tokens": tokens.json,
            "timings": [
                "decompose_ms": rounded(timings.decompose, 3),
                "retrieve_ms": rounded(timings.retrieve, 3),
                "compose_ms": rounded(timings.compose, 3),
                "total_ms": rounded(timings.total, 3),
                "refine_ms": rounded(timings.refine, 3),
            ],
        ]
        members["decomposition"] = decomposition?.json
        if !reranking.isEmpty { members["reranking"] = .array(reranking.map(\.json)) }
        members["binding"] = binding?.json
        if !flags.isEmpty { members["flags"] = .array(flags.map(\.json)) }
        if !answered.isEmpty { members["answered"] = JSONValue(answered) }
        return .object(members)
    }
}

extension PlanStep {
    /// The step as one element of `steps`.
    var json: JSONValue {
        var members: JSONObject = [
            "id": .string(id),
            "subtask": .string(subtask.text),
            "skill": JSONValue(skill),
            "tool": JSONValue(tool),
            "score": rounded(score, 4),
            "candidates": .array(candidates.map(\.json)),
            "depends_on": JSONValue(dependsOn),
            "arguments": arguments.map(JSONValue.object) ?? .null,
        ]
        members["confidence"] = rounded(subtask.confidence, 4)
        members["span"] = subtask.span.map { [JSONValue($0.lowerBound), JSONValue($0.upperBound)] }
        members["abstention"] = abstention.map(JSONValue.string)
        if !reasons.isEmpty {
            members["depends_because"] = .object(
                JSONObject(dependsOn.compactMap { id in reasons[id].map { (id, $0.json) } })
            )
        }
        members["implicit"] = subtask.origin.need?.json
        members["for_each"] = forEach?.json
        members["when"] = condition?.json
        return .object(members)
    }
}

extension ImplicitNeed {
    /// `{"for","input","result"|null,"reason"}`.
    var json: JSONValue {
        ["for": .string(step), "input": .string(input), "result": JSONValue(result), "reason": .string(reason)]
    }
}

extension Candidate {
    /// `{"skill","tool"|null,"score"}`, the score with four decimals.
    package var json: JSONValue {
        ["skill": .string(skill), "tool": JSONValue(tool), "score": rounded(score, 4)]
    }
}

extension PlanQuestion {
    var json: JSONValue {
        ["step": .string(step), "argument": .string(argument), "text": .string(text)]
    }
}

extension PlanFlag {
    var json: JSONValue {
        ["kind": .string(kind.rawValue), "from": .string(from), "to": .string(to), "why": .string(why)]
    }
}

extension EdgeReason {
    var json: JSONValue {
        ["kind": .string(kind.rawValue), "cue": .string(cue)]
    }
}

extension TokenUsage {
    /// `{"prompt","completion","source"}`.
    package var json: JSONValue {
        ["prompt": JSONValue(prompt), "completion": JSONValue(completion), "source": .string(source.rawValue)]
    }
}

/// A number short enough to read; a score that is no number becomes 0.
func rounded(_ value: Double, _ decimals: Int) -> JSONValue {
    guard value.isFinite else { return .number(0) }
    let factor = decimals == 3 ? 1_000.0 : 10_000.0
    let scaled = (value * factor).rounded()
    return .number(scaled.isFinite ? scaled / factor : value)
}
