package import JSONSchema
import PlanComposition
import SkillCatalog

extension RunDefinition {
    /// Version of the form in which definitions and transitions are stored; one that is newer than this is refused.
    package static let format = 2

    /// The definition as it is stored.
    package var json: JSONValue {
        let skills = skills.sorted { $0.key < $1.key }.map { $0.value.json }
        let fingerprints = fingerprints.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return [
            "id": .string(id), "created_at": .integer(createdAt.milliseconds), "plan": plan.json,
            "skills": .array(skills), "fingerprints": .object(JSONObject(fingerprints)), "options": options.json,
            "approval_rules": approvalRules.json, "workspace": .string(workspace),
        ]
    }

    /// Reads a stored definition.
    package init(json: JSONValue) throws {
        guard let id = json["id"]?.stringValue, let created = json["created_at"]?.intValue,
            let workspace = json["workspace"]?.stringValue
        else { throw TransitionSyntaxError(reason: "the definition lacks its id, time or workspace") }
        let skills = try (json["skills"]?.arrayValue ?? []).map(Skill.init(json:))
        var fingerprints: [String: String] = [:]
        for (skill, hash) in json["fingerprints"]?.objectValue ?? [:] { fingerprints[skill] = hash.stringValue }
        self.init(
            id: id,
            createdAt: RunTime(milliseconds: Int64(created)),
            plan: try Plan(json: json["plan"] ?? .null),
            skills: Dictionary(skills.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            fingerprints: fingerprints,
            options: try RunOptions(json: json["options"] ?? .null),
            approvalRules: try ApprovalRules(json: json["approval_rules"] ?? .null),
            workspace: workspace
        )
    }
}

extension RunOptions {
    var json: JSONValue {
        var members: JSONObject = [
            "approve": .string(approval.rawValue), "on_failure": .string(onFailure.rawValue), "limits": limits.json,
            "recovery": recovery.json,
        ]
        // A seed may exceed what JSON keeps exactly.
        members["seed"] = seed.map { .string(String($0)) }
        return .object(members)
    }

    init(json: JSONValue) throws(TransitionSyntaxError) {
        guard let approval = json["approve"]?.stringValue.flatMap(ApprovalMode.init),
            let onFailure = json["on_failure"]?.stringValue.flatMap(FailurePolicy.init)
        else { throw TransitionSyntaxError(reason: "the definition has no usable options") }
        (self.approval, self.onFailure) = (approval, onFailure)
        limits = RunLimits(json: json["limits"] ?? .null)
        recovery = RecoveryOptions(json: json["recovery"] ?? .null)
        seed = json["seed"]?.stringValue.flatMap { UInt64($0) }
    }
}

extension RunLimits {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "concurrency": JSONValue(concurrency), "per_tool": JSONValue(concurrencyPerTool),
            "attempt_ms": .integer(attemptDeadline.wholeMilliseconds),
        ]
        members["step_ms"] = stepDeadline.map { .integer($0.wholeMilliseconds) }
        members["run_ms"] = runDeadline.map { .integer($0.wholeMilliseconds) }
        return .object(members)
    }

    fileprivate init(json: JSONValue) {
        concurrency = json["concurrency"]?.intValue ?? concurrency
        concurrencyPerTool = json["per_tool"]?.intValue ?? concurrencyPerTool
        attemptDeadline = json.duration("attempt_ms") ?? attemptDeadline
        stepDeadline = json.duration("step_ms")
        runDeadline = json.duration("run_ms")
    }
}

extension RecoveryOptions {
    fileprivate var json: JSONValue {
        [
            "enabled": .bool(isEnabled), "attempts": JSONValue(attempts), "fallbacks": JSONValue(fallbacks),
            "base_ms": .integer(baseDelay.wholeMilliseconds), "maximum_ms": .integer(maximumDelay.wholeMilliseconds),
            "retry_after_ms": .integer(maximumRetryAfter.wholeMilliseconds),
            "breaker_threshold": JSONValue(breakerThreshold), "replannings": JSONValue(replannings),
            "breaker_open_ms": .integer(breakerOpenDuration.wholeMilliseconds),
        ]
    }

    fileprivate init(json: JSONValue) {
        isEnabled = json["enabled"]?.boolValue ?? isEnabled
        attempts = json["attempts"]?.intValue ?? attempts
        fallbacks = json["fallbacks"]?.intValue ?? fallbacks
        replannings = json["replannings"]?.intValue ?? replannings
        baseDelay = json.duration("base_ms") ?? baseDelay
        maximumDelay = json.duration("maximum_ms") ?? maximumDelay
        maximumRetryAfter = json.duration("retry_after_ms") ?? maximumRetryAfter
        breakerThreshold = json["breaker_threshold"]?.intValue ?? breakerThreshold
        breakerOpenDuration = json.duration("breaker_open_ms") ?? breakerOpenDuration
    }
}

extension JSONValue {
    fileprivate func duration(_ name: String) -> Duration? { self[name]?.intValue.map { .milliseconds($0) } }
}
