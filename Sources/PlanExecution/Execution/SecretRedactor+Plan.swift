import JSONSchema
package import PlanComposition
import SkillRetrieval

extension SecretRedactor {
    /// The plan as it may be kept: what is typed into a request or an argument may hold what nobody else should read.
    package func redacted(_ plan: Plan) -> Plan {
        guard hasSecrets else { return plan }
        var plan = plan
        let request = redacted(plan.request)
        if request != plan.request {
            // Places in the request are others now, and the report repeats its words.
            for index in plan.steps.indices { plan.steps[index].subtask.span = nil }
            plan.decomposition = nil
            plan.request = request
        }
        plan.diagnostics = plan.diagnostics.map(redacted)
        for index in plan.steps.indices {
            plan.steps[index].subtask.text = redacted(plan.steps[index].subtask.text)
            plan.steps[index].abstention = plan.steps[index].abstention.map(redacted)
            plan.steps[index].arguments = plan.steps[index].arguments.map(redacted)
            if let list = plan.steps[index].forEach?.list { plan.steps[index].forEach?.list = redacted(list) }
            if let condition = plan.steps[index].condition {
                plan.steps[index].condition?.left = redacted(condition.left)
                plan.steps[index].condition?.right = condition.right.map(redacted)
            }
        }
        for index in plan.questions.indices { plan.questions[index].text = redacted(plan.questions[index].text) }
        return plan
    }
}
