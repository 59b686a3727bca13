import JSONSchema
import ModelContextProtocol
import Testing

/// How an example of one definition is read: as a value, or as a message with one inside.
enum ExampleReader: Sendable {
    case value
    case error
    /// A request, with the definition of its parameters.
    case request(String?)
    case notification(String?)
    case response(String)
    /// A response with an error, and the definition of a member of its data.
    case failure(member: String? = nil, String? = nil)

    /// The reader of every definition that has examples.
    static func of(_ definition: String) -> ExampleReader? {
        if let messages = messages[definition] { return messages }
        return valueReaders[definition] == nil ? nil : .value
    }

    private static let messages: [String: ExampleReader] = [
        "CallToolRequest": .request("CallToolRequestParams"),
        "CallToolResultResponse": .response("CallToolResult"),
        "CancelledNotification": .notification("CancelledNotificationParams"),
        "CompleteRequest": .request("CompleteRequestParams"),
        "CompleteResultResponse": .response("CompleteResult"),
        "DiscoverRequest": .request(nil),
        "DiscoverResultResponse": .response("DiscoverResult"),
        "GetPromptRequest": .request("GetPromptRequestParams"),
        "GetPromptResultResponse": .response("GetPromptResult"),
        "HeaderMismatchError": .failure(),
        "InternalError": .error,
        "InvalidParamsError": .error,
        "ListPromptsRequest": .request("PaginatedRequestParams"),
        "ListPromptsResultResponse": .response("ListPromptsResult"),
        "ListResourceTemplatesRequest": .request("PaginatedRequestParams"),
        "ListResourceTemplatesResultResponse": .response("ListResourceTemplatesResult"),
        "ListResourcesRequest": .request("PaginatedRequestParams"),
        "ListResourcesResultResponse": .response("ListResourcesResult"),
        "ListToolsRequest": .request("PaginatedRequestParams"),
        "ListToolsResultResponse": .response("ListToolsResult"),
        "LoggingMessageNotification": .notification("LoggingMessageNotificationParams"),
        "MethodNotFoundError": .error,
        "MissingRequiredClientCapabilityError": .failure(member: "requiredCapabilities", "ClientCapabilities"),
        "ParseError": .error,
        "ProgressNotification": .notification("ProgressNotificationParams"),
        "PromptListChangedNotification": .notification(nil),
        "ReadResourceRequest": .request("ReadResourceRequestParams"),
        "ReadResourceResultResponse": .response("ReadResourceResult"),
        "ResourceListChangedNotification": .notification(nil),
        "ResourceUpdatedNotification": .notification("ResourceUpdatedNotificationParams"),
        "SubscriptionsAcknowledgedNotification": .notification("SubscriptionsListenRequestParams"),
        "SubscriptionsListenRequest": .request("SubscriptionsListenRequestParams"),
        "SubscriptionsListenResult": .response("SubscriptionsListenResult"),
        "SubscriptionsListenResultResponse": .response("SubscriptionsListenResult"),
        "ToolListChangedNotification": .notification(nil),
        "UnsupportedProtocolVersionError": .failure(),
    ]

    /// The example, read with everything in it and written again.
    func written(_ example: PublishedExample) throws -> JSONValue {
        let json = try example.json()
        switch self {
        case .value: return try Self.value(example.definition, json)
        case .error: return try ProtocolError(json: json).json
        case .response(let definition) where json["jsonrpc"] == nil: return try Self.value(definition, json)
        case .request, .notification, .response, .failure: break
        }
        var message = try Message(json: json)
        switch (self, message) {
        case (.request(let definition), .request(var request)):
            request.parameters = try Self.object(definition, request.parameters)
            message = .request(request)
        case (.notification(let definition), .notification(var notification)):
            notification.parameters = try Self.object(definition, notification.parameters)
            message = .notification(notification)
        case (.response(let definition), .response(var response)):
            response.outcome = .success(try Self.object(definition, try response.outcome.get()))
            message = .response(response)
        case (.failure(let member, let definition), .response(let response)):
            guard case .failure(let error) = response.outcome else { throw WrongMessage() }
            if let member {
                let data = try #require(error.data?[member])
                let written = try Self.value(definition, data)
                #expect(written == data)
            }
        default: throw WrongMessage()
        }
        return message.json
    }

    struct WrongMessage: Error {}

    private static func value(_ definition: String?, _ json: JSONValue) throws -> JSONValue {
        // A result of `subscriptions/listen` has nothing but what every result has.
        guard let definition, definition != "SubscriptionsListenResult" else { return json }
        let reader = try #require(valueReaders[definition])
        return try reader(json)
    }

    private static func object(_ definition: String?, _ object: JSONObject) throws -> JSONObject {
        let written = try value(definition, .object(object))
        return try #require(written.objectValue)
    }
}
