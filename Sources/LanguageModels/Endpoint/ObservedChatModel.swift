import HTTPTransport
import Observability

/// A model whose calls are spans and metrics (semantic conventions for generative AI); no words of them are.
struct ObservedChatModel: ChatModel {
    private let model: any ChatModel
    private let said: Attributes

    init(_ model: any ChatModel, at endpoint: ChatEndpoint) {
        self.model = model
        said = [
            .operationName: "chat", .providerName: .string(endpoint.provider.rawValue),
            .requestModel: .string(endpoint.model), .serverAddress: .string(endpoint.baseURL.host),
            .serverPort: .integer(endpoint.baseURL.port),
        ]
    }

    var name: String { model.name }

    func reply(to request: ChatRequest) async throws -> ChatReply {
        guard Telemetry.current.isRecording else { return try await model.reply(to: request) }
        let call = ChatCallTelemetry(said)
        return try await withSpan("chat \(name)", kind: .client, attributes: call.attributes(of: request)) { span in
            do {
                let reply = try await model.reply(to: request)
                call.ended(reply, span)
                return reply
            } catch {
                call.failed(error, span)
                throw error
            }
        }
    }

    func stream(_ request: ChatRequest) async throws -> ChatStream {
        guard Telemetry.current.isRecording else { return try await model.stream(request) }
        let call = ChatCallTelemetry(said)
        let span =
            Telemetry.current.tracer?.begin("chat \(name)", kind: .client, parent: Span.current.context) {
                call.attributes(of: request)
            } ?? Span.none
        do {
            let stream = try await span.whileCurrent { try await model.stream(request) }
            let pieces = ObservedStream(stream, call, span)
            return ChatStream { try await pieces.next() }
        } catch {
            call.failed(error, span)
            span.end()
            throw error
        }
    }
}

/// Ends the span with the last piece, with an error, or when nobody reads on.
private actor ObservedStream {
    private var iterator: ChatStream.Iterator
    private let call: ChatCallTelemetry
    private let ending: SpanEnding

    init(_ stream: ChatStream, _ call: ChatCallTelemetry, _ span: Span) {
        iterator = stream.makeAsyncIterator()
        self.call = call
        ending = SpanEnding(span)
    }

    func next() async throws -> ChatDelta? {
        do {
            var reading = iterator
            let piece = try await reading.next()
            iterator = reading
            if case .finished(let reply)? = piece {
                call.ended(reply, ending.span)
                ending.span.end()
            }
            return piece
        } catch {
            call.failed(error, ending.span)
            ending.span.end()
            throw error
        }
    }
}

private final class SpanEnding: Sendable {
    let span: Span

    init(_ span: Span) { self.span = span }

    deinit { span.end() }
}
