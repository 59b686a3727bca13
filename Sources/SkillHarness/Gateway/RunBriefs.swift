import JSONSchema
import PlanExecution

/// What a client's model reads of a run.
enum RunBriefs {
    /// Bytes of one step's result that are handed over; the rest is asked for with `detail` full.
    private static let resultBytes = 4 << 10

    static func json(_ report: RunReport, _ detail: SkillGateway.Detail) -> JSONValue {
        guard detail != .full else { return report.json }
        var answer: JSONObject = ["run": .string(report.run), "phase": .string(report.phase.rawValue)]
        answer["steps"] = .array(report.steps.map { step(of: $0, detail) })
        if !report.questions.isEmpty {
            answer["questions"] = report.json["questions"]
            answer["next"] =
                "Values: resume_run with answers. Consent: the user gives it, here or with 'skillweaver resume'."
        } else if report.phase == .running {
            answer["next"] = "Still running; call get_run later."
        }
        return .object(answer)
    }

    private static func step(of step: RunReport.Step, _ detail: SkillGateway.Detail) -> JSONValue {
        var members: JSONObject = ["step": .string(step.id), "state": .string(step.state)]
        members["tool"] = step.tools.last.map(JSONValue.string)
        members["why"] = step.why.map(JSONValue.string)
        guard detail != .names else { return .object(members) }
        if step.attempts > 1 { members["attempts"] = JSONValue(step.attempts) }
        if let result = step.result {
            let text = result.serialized()
            members["result"] =
                text.utf8.count <= resultBytes
                ? result
                : .string(
                    String(decoding: text.utf8.prefix(resultBytes), as: UTF8.self) + "… (cut; get_run with detail full)"
                )
        }
        return .object(members)
    }
}
