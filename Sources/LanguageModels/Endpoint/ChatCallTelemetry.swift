import Observability

/// What is said about one call of a chat model.
struct ChatCallTelemetry: Sendable {
    private let said: Attributes
    private let telemetry = Telemetry.current
    private let timer: OperationTimer?

    init(_ said: Attributes) {
        self.said = said
        timer = telemetry.beginTiming()
    }

    func attributes(of request: ChatRequest) -> Attributes {
        let parameters = request.parameters
        return said.merging([
            .requestTemperature: parameters.temperature.map { .double($0) },
            .requestTopP: parameters.topP.map { .double($0) },
            .requestMaximumTokens: parameters.maximumTokens.map { .integer($0) },
            .requestSeed: parameters.seed.map { .integer($0) },
        ])
    }

    func ended(_ reply: ChatReply, _ span: Span) {
        span.set(.finishReasons, .strings([reply.finishReason.rawValue]))
        record(nil)
        // What was guessed is not what was used.
        guard reply.usage.source == .measured else { return }
        span.set([.inputTokens: .integer(reply.usage.prompt), .outputTokens: .integer(reply.usage.completion)])
        for (type, count) in [("input", reply.usage.prompt), ("output", reply.usage.completion)] {
            telemetry.metrics?.record(.clientTokenUsage, Double(count), said.merging([.tokenType: .string(type)]))
        }
    }

    func failed(_ error: any Error, _ span: Span) {
        let type = (error as? ChatModelError)?.kind.rawValue ?? ErrorType.name(of: error)
        span.fail(type)
        record(type)
    }

    private func record(_ errorType: String?) {
        guard let timer else { return }
        telemetry.metrics?.record(
            .clientOperationDuration,
            timer.seconds,
            errorType.map { said.merging([.errorType: .string($0)]) } ?? said
        )
    }
}
