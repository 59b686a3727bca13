import JSONSchema
import ModelContextProtocol
import PlanExecution

/// The questions of a run as forms for the person behind a client, and their answers.
enum RunQuestions {
    private static let allow = "allow"
    private static let value = "value"
    /// What one person can be asked at once.
    private static let limit = 10

    /// One form a question; nil where nothing is asked.
    static func requests(for state: RunState) -> InputRequests? {
        guard state.phase == .waiting else { return nil }
        var requests = InputRequests()
        for open in state.openQuestions.prefix(limit) {
            requests[name(of: open)] = .elicitation(ElicitRequest(form(open)))
        }
        return requests.isEmpty ? nil : requests
    }

    /// What the forms say. A question that was not answered stays open; a refusal counts as no.
    static func answers(_ answers: JSONObject, to state: RunState) -> PersonsAnswers {
        var said = PersonsAnswers()
        for open in state.openQuestions {
            guard let answer = answers[name(of: open)] else { continue }
            let task = open.task.description
            let content = answer["action"]?.stringValue == "accept" ? answer["content"] : nil
            switch open.question.kind {
            case .argument:
                guard let value = content?[Self.value] else {
                    if answer["action"]?.stringValue == "decline" { said.denied.append(task) }
                    continue
                }
                said.values.append(
                    "\(open.task.step).\(open.question.argument ?? "")=\(value.stringValue ?? value.serialized())"
                )
            case .approval, .changedSkill, .unknownOutcome:
                // A dialogue that was closed says nothing; the question stays.
                guard answer["action"]?.stringValue != "cancel" else { continue }
                if content?[allow]?.boolValue == true { said.approved.append(task) } else { said.denied.append(task) }
            }
        }
        return said
    }

    private static func name(of open: OpenQuestion) -> String {
        "\(open.task).\(open.question.argument ?? open.question.kind.rawValue)"
    }

    private static func form(_ open: OpenQuestion) -> ElicitRequestParams {
        let question = open.question
        var message = Excerpt.of(question.text, limit: 1_000)
        if !question.arguments.isEmpty {
            message += " " + Excerpt.of(JSONValue.object(question.arguments).serialized(), limit: 2_000)
        }
        let schema: FormSchema
        switch question.kind {
        case .argument:
            schema = FormSchema(
                properties: [value: .string(StringSchema(title: question.argument.map { Excerpt.of($0) }))],
                required: [value]
            )
        case .approval, .changedSkill:
            schema = FormSchema(properties: [allow: .boolean(BooleanSchema(title: "Go on"))], required: [allow])
        case .unknownOutcome:
            schema = FormSchema(
                properties: [allow: .boolean(BooleanSchema(title: "Make the call again"))],
                required: [allow]
            )
        }
        return .form(FormElicitation(message: message, requestedSchema: schema))
    }
}
