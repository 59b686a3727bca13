import Observability

/// What is said about finding skills for a request; its words are not.
enum RouteTelemetry {
    enum Stage: String, Sendable {
        case route, decompose, retrieve, refine, compose, search
    }

    static func measuring<Value>(_ stage: Stage, _ work: (Span) async throws -> Value) async throws -> Value {
        let telemetry = Telemetry.current
        guard let timer = telemetry.beginTiming() else { return try await work(.none) }
        let said: Attributes = [.stage: .string(stage.rawValue)]
        do {
            let value = try await withSpan(stage.rawValue, attributes: said) { try await work($0) }
            telemetry.metrics?.record(.routeDuration, timer.seconds, said)
            return value
        } catch {
            let type = ErrorType.name(of: error)
            telemetry.metrics?.record(.routeDuration, timer.seconds, said.merging([.errorType: .string(type)]))
            throw error
        }
    }
}
