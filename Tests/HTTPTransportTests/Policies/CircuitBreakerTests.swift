import HTTPTransport
import Testing

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker(failureThreshold: 3, openDuration: .seconds(10))
        for _ in 0..<3 {
            expect(&breaker, at: start, .admitted)
            breaker.recordFailure(at: start)
        }
        return breaker
    }

    private func expect(
        _ breaker: inout CircuitBreaker,
        at time: ContinuousClock.Instant,
        _ admission: CircuitBreaker.Admission,
        location: SourceLocation = #_sourceLocation
    ) {
        let found = breaker.admit(at: time)
        #expect(found == admission, sourceLocation: location)
    }

    @Test("opens after failures in a row, and says how long to wait")
    func opens() {
        var breaker = opened()
        #expect(breaker.phase == .open(until: start + .seconds(10)))
        expect(&breaker, at: start + .seconds(4), .refused(retryAfter: .seconds(6)))
    }

    @Test("forgets failures when a call succeeds")
    func success() {
        var breaker = CircuitBreaker(failureThreshold: 2, openDuration: .seconds(10))
        breaker.recordFailure(at: start)
        breaker.recordSuccess()
        breaker.recordFailure(at: start)
        #expect(breaker.phase == .closed(failures: 1))
    }

    @Test("lets one probe pass when its time is over, and no other")
    func probe() {
        var breaker = opened()
        expect(&breaker, at: start + .seconds(10), .admitted)
        expect(&breaker, at: start + .seconds(10), .refused(retryAfter: nil))
        breaker.recordSuccess()
        #expect(breaker.phase == .closed(failures: 0))
    }

    @Test("opens again when the probe fails")
    func failedProbe() {
        var breaker = opened()
        _ = breaker.admit(at: start + .seconds(10))
        breaker.recordFailure(at: start + .seconds(12))
        #expect(breaker.phase == .open(until: start + .seconds(22)))
    }

    @Test("lets the next call probe when a probe was given up")
    func abandonedProbe() {
        var breaker = opened()
        _ = breaker.admit(at: start + .seconds(10))
        breaker.recordAbandonment(at: start + .seconds(11))
        expect(&breaker, at: start + .seconds(11), .admitted)
    }

    @Test("stays open whatever calls report that began before")
    func late() {
        var breaker = opened()
        breaker.recordSuccess()
        breaker.recordFailure(at: start + .seconds(9))
        breaker.recordAbandonment(at: start + .seconds(9))
        #expect(breaker.phase == .open(until: start + .seconds(10)))
    }
}
