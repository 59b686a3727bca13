package import JSONSchema
import LanguageModels
package import SkillRetrieval

extension DecompositionReport {
    /// The report as the `decomposition` of a plan; times in milliseconds with three decimals.
    package var json: JSONValue {
        [
            "model": JSONValue(model),
            "calls": JSONValue(calls),
            "fallback": JSONValue(fallback),
            "rounds": .array(rounds.map(\.json)),
        ]
    }

    /// Reads a report; `calls` is derived and not read.
    init(_ report: JSONView) throws(PlanSyntaxError) {
        self.init(model: try report.optionalString("model"), fallback: try report.optionalString("fallback"))
        for round in try report.optionalElements("rounds") { rounds.append(try DecompositionRound(round)) }
    }
}

extension DecompositionRound {
    var json: JSONValue {
        var members: JSONObject = ["steps": JSONValue(steps)]
        members["hints"] = hints.map { JSONValue($0) }
        members["jaccard"] = jaccard.map { rounded($0, 4) }
        if let call {
            members["tokens"] = call.tokens.json
            members["latency_ms"] = call.latency.map { rounded($0, 3) }
            members["finish_reason"] = .string(call.finishReason.rawValue)
        }
        return .object(members)
    }

    init(_ round: JSONView) throws(PlanSyntaxError) {
        self.init(
            steps: try round.integer("steps"),
            hints: try round.member("hints") == nil ? nil : round.integer("hints"),
            jaccard: try round.optionalNumber("jaccard")
        )
        guard let tokens = try round.member("tokens") else { return }
        call = ModelCall(
            tokens: try TokenUsage(tokens),
            latency: try round.optionalNumber("latency_ms"),
            finishReason: try round.optionalString("finish_reason").map(FinishReason.init) ?? .stop
        )
    }
}
