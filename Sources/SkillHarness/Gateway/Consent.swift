import JSONSchema
import ModelContextProtocol

/// What the person behind a client said about one call, in the round after they were asked.
enum Consent: Equatable {
    case unasked, given, refused

    private static let key = "allow"

    init(_ call: ToolRequest) {
        guard call.state?["ask"] != nil else {
            self = .unasked
            return
        }
        let answer = call.answers?[Self.key]
        let isAccepted = answer?["action"]?.stringValue == "accept"
        self = isAccepted && answer?["content"]?[Self.key]?.boolValue == true ? .given : .refused
    }

    /// Asks with the exact arguments.
    static func question(_ tool: String, _ arguments: JSONValue) -> InputRequests {
        let message =
            "\(Excerpt.of(tool)) may change or destroy something. Allow it with these arguments? "
            + Excerpt.of(arguments.serialized(), limit: 2_000)
        let form = FormElicitation(
            message: message,
            requestedSchema: FormSchema(
                properties: [key: .boolean(BooleanSchema(title: "Allow this call"))],
                required: [key]
            )
        )
        return [key: .elicitation(ElicitRequest(.form(form)))]
    }
}
