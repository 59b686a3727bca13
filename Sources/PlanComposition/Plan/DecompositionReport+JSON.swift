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
        if let call { members.merge(call.json) }
        return .object(members)
    }

    init(_ round: JSONView) throws(PlanSyntaxError) {
        self.init(
            steps: try round.integer("steps"),
            hints: try round.member("hints") == nil ? nil : round.integer("hints"),
            jaccard: try round.optionalNumber("jaccard"),
            call: try ModelCall(round)
        )
    }
}

extension RerankingReport {
    var json: JSONValue {
        var members: JSONObject = ["model": .string(model)]
        if let call { members.merge(call.json) }
        members["remark"] = remark.map(JSONValue.string)
        return .object(members)
    }

    init(_ report: JSONView) throws(PlanSyntaxError) {
        self.init(
            model: try report.string("model"),
            call: try ModelCall(report),
            remark: try report.optionalString("remark")
        )
    }
}

extension BindingReport {
    var json: JSONValue {
        var members: JSONObject = ["model": .string(model)]
        if let call { members.merge(call.json) }
        members["remark"] = remark.map(JSONValue.string)
        return .object(members)
    }

    init(_ report: JSONView) throws(PlanSyntaxError) {
        self.init(
            model: try report.string("model"),
            call: try ModelCall(report),
            remark: try report.optionalString("remark")
        )
    }
}

extension ModelCall {
    /// `{"tokens","latency_ms","finish_reason"}`, as members of what the call was made for.
    var json: JSONObject {
        var members: JSONObject = ["tokens": tokens.json]
        members["latency_ms"] = latency.map { rounded($0, 3) }
        members["finish_reason"] = .string(finishReason.rawValue)
        return members
    }

    /// Reads those members; nil where there are none.
    init?(_ view: JSONView) throws(PlanSyntaxError) {
        guard let tokens = try view.member("tokens") else { return nil }
        self.init(
            tokens: try TokenUsage(tokens),
            latency: try view.optionalNumber("latency_ms"),
            finishReason: try view.optionalString("finish_reason").map(FinishReason.init) ?? .stop
        )
    }
}

extension JSONObject {
    fileprivate mutating func merge(_ other: JSONObject) {
        for (key, value) in other { self[key] = value }
    }
}
