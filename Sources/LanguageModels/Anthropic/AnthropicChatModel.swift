package import HTTPTransport
import JSONSchema
import Synchronization

/// A model behind Anthropic's Messages.
///
/// A reply of a given form is asked for as the arguments of a tool, which every model of the provider understands.
public final class AnthropicChatModel: ChatModel {
    /// The version of the interface that is spoken.
    private static let interfaceVersion = "2023-06-01"

    public let endpoint: ChatEndpoint
    private let caller: EndpointCaller<ChatEndpoint>
    private let dialect = Mutex(AnthropicDialect())

    /// - Parameter client: what calls are sent with; calls of one model share its limits.
    package init(_ endpoint: ChatEndpoint, policy: ChatCallPolicy = ChatCallPolicy(), client: any HTTPClient) {
        self.endpoint = endpoint
        caller = EndpointCaller(endpoint, policy: policy.calls, client: client)
    }

    public var name: String { endpoint.model }

    public func reply(to request: ChatRequest) async throws -> ChatReply {
        let response = try await adapting(request, isStreaming: false) { try await self.caller.send($0) }
        return try AnthropicReplyReader(endpoint: endpoint).reply(response, to: request)
    }

    public func stream(_ request: ChatRequest) async throws -> ChatStream {
        let opened = try await adapting(request, isStreaming: true) { try await self.caller.open($0) }
        let reader = AnthropicStreamReader(
            endpoint: endpoint,
            formTool: AnthropicRequestBody.formTool(of: request)?.name
        )
        let events = ChatEventStream(opened, reader, request: request, model: name)
        return ChatStream { try await events.next() }
    }

    /// Sends a request in the dialect known so far, and again in a plainer one as long as the refusals teach something.
    private func adapting<Answer>(
        _ request: ChatRequest,
        isStreaming: Bool,
        send: (HTTPRequest) async throws -> Answer
    ) async throws -> Answer {
        while true {
            var known = dialect.withLock { $0 }
            do {
                return try await send(message(request, known, isStreaming: isStreaming))
            } catch let failure as EndpointFailure {
                guard failure.error.kind == .rejected, let said = failure.body, known.learn(from: said, of: request)
                else { throw failure.error }
                let learnt = known
                dialect.withLock { $0 = $0.merged(with: learnt) }
            } catch let error as HTTPError {
                throw EndpointFailure(error, model: name).error
            }
        }
    }

    private func message(_ request: ChatRequest, _ dialect: AnthropicDialect, isStreaming: Bool) -> HTTPRequest {
        let body = AnthropicRequestBody(model: endpoint.model, dialect: dialect).json(request, isStreaming: isStreaming)
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
