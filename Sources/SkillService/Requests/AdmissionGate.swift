import HTTPTransport
import Synchronization

/// Lets so many requests be worked on at a time, and a number more wait; who comes then is told to come back.
final class AdmissionGate: Sendable {
    private let limit: Int
    private let inside = Mutex(0)

    /// - Parameter limit: requests at a time, those included that wait for the encoder.
    init(limit: Int) { self.limit = limit }

    /// Does something while there is room.
    ///
    /// - Throws: `ServiceProblem` with 503 where there is none.
    func pass<Value>(_ body: () async throws -> Value) async throws -> Value {
        let entered = inside.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard entered else {
            var problem = ServiceProblem(503, "busy", "\(limit) requests are being worked on", hint: "try again soon")
            problem.headers["Retry-After"] = "1"
            throw problem
        }
        defer { inside.withLock { $0 -= 1 } }
        return try await body()
    }

    var count: Int { inside.withLock(\.self) }
}
