import Glibc
import Synchronization

/// Sends the calls of one service: so many at a time, again where that may help, and none while the breaker is open.
package final class EndpointCaller<Service: CalledService>: Sendable {
    private let service: Service
    private let policy: EndpointCallPolicy
    private let client: any HTTPClient
    private let limit: ConcurrencyLimit
    private let breaker: Mutex<CircuitBreaker>
    private let clock = ContinuousClock()

    package init(_ service: Service, policy: EndpointCallPolicy, client: any HTTPClient) {
        self.service = service
        self.policy = policy
        self.client = client
        limit = ConcurrencyLimit(policy.concurrency)
        breaker = Mutex(policy.breaker)
    }

    /// Sends a request and returns the whole answer; its status is one of success.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await limit.enter()
        defer { limit.leave() }
        return try await attempting { remaining in
            let response = try await self.client.send(self.limited(request, to: remaining))
            guard response.status.isSuccess else {
                throw self.service.failure(response, now: Int(time(nil)))
            }
            return response
        }
    }

    /// Sends a request and returns as soon as an answer of success begins.
    ///
    /// The lease is to be kept as long as the body is read.
    package func open(_ request: HTTPRequest) async throws -> (response: HTTPStreamingResponse, lease: CallLease) {
        try await limit.enter()
        let lease = CallLease(limit)
        let response = try await attempting { remaining in
            let response = try await self.client.stream(self.limited(request, to: remaining))
            guard response.status.isSuccess else {
                throw self.service.failure(try await response.collected(), now: Int(time(nil)))
            }
            return response
        }
        return (response, lease)
    }

    private func limited(_ request: HTTPRequest, to remaining: Duration) -> HTTPRequest {
        var request = request
        request.limits = HTTPLimits(
            connectTimeout: min(.seconds(10), remaining),
            idleTimeout: nil,
            totalTimeout: remaining,
            maximumBodyBytes: policy.maximumReplyBytes
        )
        return request
    }

    /// Attempts something until it succeeds, cannot succeed, or has been tried often enough.
    private func attempting<Value>(_ attempt: (_ remaining: Duration) async throws -> Value) async throws -> Value {
        let deadline = clock.now + policy.timeout
        var random = SystemRandomNumberGenerator()
        var count = 0
        var last: Service.Failure?
        while true {
            if case .refused(let wait) = breaker.withLock({ $0.admit(at: clock.now) }) {
                throw last ?? service.suspension(retryAfter: wait)
            }
            count += 1
            let failure: Service.Failure
            do {
                let value = try await attempt(max(.milliseconds(1), deadline - clock.now))
                breaker.withLock { $0.recordSuccess() }
                return value
            } catch let error as Service.Failure {
                failure = error
            } catch let error as HTTPError {
                failure = service.failure(error)
            } catch {
                breaker.withLock { $0.recordAbandonment(at: clock.now) }
                throw error
            }
            breaker.withLock { breaker in
                if failure.countsAgainstServer { breaker.recordFailure(at: clock.now) } else { breaker.recordSuccess() }
            }
            let delay = policy.retry.delay(afterAttempt: count, retryAfter: failure.retryAfter, using: &random)
            guard failure.isTransient, let delay, clock.now + delay < deadline else { throw failure }
            last = failure
            try await Task.sleep(for: delay)
        }
    }
}

/// A place among the calls that are on their way; given back when nobody holds it.
package final class CallLease: Sendable {
    private let limit: ConcurrencyLimit
    init(_ limit: ConcurrencyLimit) { self.limit = limit }
    deinit { limit.leave() }
}
