package import HTTPTransport
import JSONSchema
import Synchronization

/// A model behind `/chat/completions`: OpenAI's own, or one that Ollama, llama.cpp, vLLM, LM Studio or another serves.
///
/// What a server does not take is left out of, or said otherwise in, all later calls: see `OpenAIDialect`.
public final class OpenAIChatModel: ChatModel {
    public let endpoint: ChatEndpoint
    private let caller: EndpointCaller<ChatEndpoint>
    private let dialect: Mutex<OpenAIDialect>

    /// - Parameter client: what calls are sent with; calls of one model share its limits.
    package init(_ endpoint: ChatEndpoint, policy: ChatCallPolicy = ChatCallPolicy(), client: any HTTPClient) {
        self.endpoint = endpoint
        caller = EndpointCaller(endpoint, policy: policy.calls, client: client)
        dialect = Mutex(OpenAIDialect(for: endpoint))
    }

    public var name: String { endpoint.model }

    public func reply(to request: ChatRequest) async throws -> ChatReply {
        let response = try await adapting(request, isStreaming: false) { try await self.caller.send($0) }
        return StructuredText.tidied(
            try OpenAIReplyReader(endpoint: endpoint).reply(response, to: request),
            request.responseFormat
        )
    }

    public func stream(_ request: ChatRequest) async throws -> ChatStream {
        let opened = try await adapting(request, isStreaming: true) { try await self.caller.open($0) }
        if opened.response.headers.mediaType == "application/json" {
            // The server does not stream.
            let whole: HTTPResponse
            do {
                whole = try await opened.response.collected()
            } catch let error as HTTPError {
                throw EndpointFailure(error, model: name).error
            }
            return ChatStream(of: try OpenAIReplyReader(endpoint: endpoint).reply(whole, to: request))
        }
        let events = ChatEventStream(
            opened,
            OpenAIStreamReader(endpoint: endpoint),
            request: request,
            model: name
        )
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
                guard !failure.isTransient, failure.error.kind == .rejected, let said = failure.body,
                    known.learn(from: said, of: request)
                else { throw failure.error }
                let learnt = known
                dialect.withLock { $0 = $0.merged(with: learnt) }
            } catch let error as HTTPError {
                throw EndpointFailure(error, model: name).error
            }
        }
    }

    private func message(_ request: ChatRequest, _ dialect: OpenAIDialect, isStreaming: Bool) -> HTTPRequest {
        let body = OpenAIRequestBody(model: endpoint.model, dialect: dialect).json(request, isStreaming: isStreaming)
        var headers: HTTPHeaders = [
            "Content-Type": "application/json",
            "Accept": isStreaming ? "text/event-stream, application/json" : "application/json",
        ]
        if let key = endpoint.key { headers["Authorization"] = "Bearer \(key.reveal())" }
        return HTTPRequest(
            .post,
            endpoint.baseURL.appending(path: "chat/completions"),
            headers: headers,
            body: Array(body.serialized().utf8)
        )
    }
}
