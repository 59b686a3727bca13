import HTTPTransport
import LanguageModels
import Observability
import TestSupport
import Testing

@Suite("What calls of a chat model say")
struct ObservedChatModelTests {
    private static let reply = """
        {"id":"c1","model":"tiny","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"planted-reply"}}],"usage":{"prompt_tokens":11,"completion_tokens":3}}
        """

    private func ask(_ status: HTTPStatus, _ recording: TelemetryRecording) async throws {
        let server = try HTTPServer { _ in HTTPServerResponse(status, "application/json", Self.reply) }
        let endpoint = try ChatEndpoint(
            model: "tiny",
            address: "http://127.0.0.1:\(server.port)/v1",
            key: "planted-key"
        )
        let model = try endpoint.model(policy: ChatCallPolicy(), environment: { _ in nil })
        let request = ChatRequest(messages: [.user("planted-prompt")])
        await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("outer") { _ in
                _ = try? await model.reply(to: request)
                _ = try? await model.stream(request).reply(of: "tiny")
            }
        }
        await server.stop(grace: .zero)
    }

    @Test("model, tokens and duration, and no words")
    func answered() async throws {
        let recording = TelemetryRecording()
        try await ask(200, recording)
        let spans = recording.spans(named: "chat tiny")
        #expect(spans.count == 2)
        let span = try #require(spans.first)
        #expect(span.kind == .client && span.attributes[.providerName] == "openai")
        #expect(span.attributes[.inputTokens] == 11 && span.attributes[.outputTokens] == 3)
        #expect(span.attributes[.finishReasons] == ["stop"])
        #expect(spans.allSatisfy { $0.parent != nil })
        #expect(recording.count("gen_ai.client.operation.duration", where: [.operationName: "chat"]) == 2)
        #expect(recording.count("gen_ai.client.token.usage", where: [.tokenType: "input"]) >= 1)
        #expect(!recording.everything.contains("planted"))
    }

    @Test("a call that fails is an error of its kind")
    func failed() async throws {
        let recording = TelemetryRecording()
        try await ask(401, recording)
        let spans = recording.spans(named: "chat tiny")
        #expect(spans.count == 2 && spans.allSatisfy { $0.attributes[.errorType] == "unauthorized" })
        #expect(!recording.everything.contains("planted"))
    }
}
