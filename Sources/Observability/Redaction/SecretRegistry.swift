import HTTPTransport
import Synchronization

/// The secrets a program has come to know, so that its telemetry hides them whoever repeats them.
package final class SecretRegistry: Sendable {
    /// Most secrets that are remembered; the longest known give way.
    static let maximumCount = 4_096
    /// Shorter texts are too common to be looked for.
    static let minimumLength = 4

    private struct State {
        var known: Set<String> = []
        var order: [String] = []
        var redactor = TelemetryRedactor()
    }

    private let state = Mutex(State())

    package init() {}

    package func add(_ secrets: some Sequence<String>) {
        state.withLock { state in
            var isChanged = false
            for secret in secrets where secret.utf8.count >= Self.minimumLength {
                guard state.known.insert(secret).inserted else { continue }
                state.order.append(secret)
                isChanged = true
                if state.order.count > Self.maximumCount { state.known.remove(state.order.removeFirst()) }
            }
            guard isChanged else { return }
            let sorted = state.order.sorted { $0.utf8.count > $1.utf8.count }
            state.redactor = TelemetryRedactor(sorted.map { Secret($0) })
        }
    }

    package var redactor: TelemetryRedactor { state.withLock { $0.redactor } }
}
