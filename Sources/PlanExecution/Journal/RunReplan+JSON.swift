import JSONSchema
import PlanComposition
import SkillCatalog

extension RunReplan {
    /// Adds `{"steps","questions","flags","skills","fingerprints","by","because"}`; steps are written as in a plan.
    func write(to members: inout JSONObject) {
        var plan = Plan(request: "", decomposer: "", steps: steps, questions: questions)
        plan.flags = flags
        let written = plan.json
        members["steps"] = written["steps"]
        if !questions.isEmpty { members["questions"] = written["questions"] }
        if !flags.isEmpty { members["flags"] = written["flags"] }
        members["skills"] = .array(skills.map(\.json))
        let hashes = fingerprints.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        if !hashes.isEmpty { members["fingerprints"] = .object(JSONObject(hashes)) }
        members["by"] = .string(author)
        members["because"] = .string(because)
    }

    /// Reads what `write` wrote.
    init(json: JSONValue) throws(TransitionSyntaxError) {
        var document: JSONObject = ["request": "", "steps": json["steps"] ?? []]
        for name in ["questions", "flags"] { document[name] = json[name] }
        var fingerprints: [String: String] = [:]
        for (skill, hash) in json["fingerprints"]?.objectValue ?? [:] { fingerprints[skill] = hash.stringValue }
        do {
            let plan = try Plan(json: .object(document))
            self.init(
                steps: plan.steps,
                questions: plan.questions,
                flags: plan.flags,
                skills: try (json["skills"]?.arrayValue ?? []).map(Skill.init(json:)),
                fingerprints: fingerprints,
                author: json["by"]?.stringValue ?? "",
                because: json["because"]?.stringValue ?? ""
            )
        } catch {
            throw TransitionSyntaxError(reason: "its new steps cannot be read: \(error)")
        }
    }
}
