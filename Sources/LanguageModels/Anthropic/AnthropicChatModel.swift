package import HTTPTransport
import JSONSchema

/// A model behind Anthropic's Messages.
///
/// A reply of a given form is asked for as the arguments of a tool, which every model of the provider understands.
public final class AnthropicChatModel: ChatModel {
    /// The version of the interface that is spoken.
    private static let interfaceVersion = "2023-06-01"

    public let endpoint: ChatEndpoint
    private let caller: EndpointCaller

    /// - Parameter client: what calls are sent with; calls of one model share its limits.
    package init(_ endpoint: ChatEndpoint, policy: ChatCallPolicy = ChatCallPolicy(), client: any HTTPClient) {
        self.endpoint = endpoint
        caller = EndpointCaller(endpoint, policy: policy, client: client)
    }

    public var name: String { endpoint.model }

    public func reply(to request: ChatRequest) async throws -> ChatReply {
        let response = try await sorted { try await self.caller.send(self.message(request, isStreaming: false)) }
        return try AnthropicReplyReader(endpoint: endpoint).reply(response, to: request)
    }

    public func stream(_ request: ChatRequest) async throws -> ChatStream {
        let opened = try await sorted { try await self.caller.open(self.message(request, isStreaming: true)) }
        let reader = AnthropicStreamReader(
            endpoint: endpoint,
            formTool: AnthropicRequestBody.formTool(of: request)?.name
        )
        let events = ChatEventStream(opened, reader, request: request, model: name)
        return ChatStream { try await events.next() }
    }

    private func sorted<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do {
            return try await call()
        } catch let failure as EndpointFailure {
            throw failure.error
        } catch let error as HTTPError {
            throw EndpointFailure(error, model: name).error
        }
    }

    private func message(_ request: ChatRequest, isStreaming: Bool) -> HTTPRequest {
        let body = AnthropicRequestBody(model: endpoint.model).json(request, isStreaming: isStreaming)
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "Anthropic-Version": Self.interfaceVersion,
            "Accept": isStreaming ? "text/event-stream" : "application/json",
        ]
        if let key = endpoint.key { headers["X-Api-Key"] = key.reveal() }
        return HTTPRequest(
            .post,
            endpoint.baseURL.appending(path: "messages"),
            headers: headers,
            body: Array(body.serialized().utf8)
        )
    }
}
