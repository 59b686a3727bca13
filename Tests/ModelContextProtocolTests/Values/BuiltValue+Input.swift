import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let requests: InputRequests = [
        "who": .elicitation(ElicitRequest(form)),
        "why": .sampling(CreateMessageRequest(question)),
        "where": .roots(ListRootsRequest()),
    ]

    static let responses: InputResponses = [
        "who": .elicitation(ElicitResult(action: .accept, content: ["name": "a"])),
        "why": .sampling(
            CreateMessageResult(role: .assistant, content: [.text("Because.")], model: "small", stopReason: "endTurn")
        ),
        "where": .roots(ListRootsResult([Root(uri: "file:///home")])),
    ]

    static let input: [BuiltValue] = [
        BuiltValue("InputRequests", in: [.modern], requests),
        BuiltValue("InputResponses", in: [.modern], responses),
        BuiltValue("ListRootsRequest", in: [.modern], ListRootsRequest()),
        BuiltValue(
            "InputRequiredResult",
            in: [.modern],
            InputRequiredResult(inputRequests: requests, requestState: "sealed")
        ),
        BuiltValue("InputRequiredResult", in: [.modern], InputRequiredResult(requestState: "sealed")),
    ]
}
