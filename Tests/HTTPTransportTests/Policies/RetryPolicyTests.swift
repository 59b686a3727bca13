import HTTPTransport
import TestSupport
import Testing

@Suite("A retry policy")
struct RetryPolicyTests {
    private let policy = RetryPolicy(
        attempts: 6,
        baseDelay: .milliseconds(100),
        maximumDelay: .seconds(1),
        maximumRetryAfter: .seconds(5)
    )

    private func expectNone(_ wait: Duration?, at location: SourceLocation = #_sourceLocation) {
        #expect(wait == nil, sourceLocation: location)
    }

    @Test("draws each wait evenly from nothing to a bound that doubles up to its largest")
    func backoff() {
        var random = SeededGenerator(seed: 1)
        for (attempt, bound) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000)] {
            let waits = (0..<400).compactMap { _ in policy.delay(afterAttempt: attempt, using: &random) }
            #expect(waits.count == 400)
            #expect(waits.allSatisfy { $0 >= .zero && $0 <= .milliseconds(bound) })
            let mean = waits.reduce(.zero, +) / 400
            #expect(mean > .milliseconds(bound) * 0.4 && mean < .milliseconds(bound) * 0.6)
        }
    }

    @Test("ends after the last attempt, however many were made")
    func bounded() {
        var random = SeededGenerator(seed: 1)
        expectNone(policy.delay(afterAttempt: 6, using: &random))
        expectNone(policy.delay(afterAttempt: 7, retryAfter: .zero, using: &random))
        expectNone(RetryPolicy.never.delay(afterAttempt: 1, using: &random))
        #expect(RetryPolicy(attempts: -3).attempts == 1)
        let patient = RetryPolicy(attempts: .max, baseDelay: .seconds(1), maximumDelay: .seconds(8))
        let wait = patient.delay(afterAttempt: 1_000_000, using: &random)
        #expect(wait.map { $0 <= .seconds(8) } == true)
    }

    @Test("waits at least as long as the server asks, up to its cap")
    func retryAfter() {
        var random = SeededGenerator(seed: 1)
        for (asked, least) in [(2, 2), (5, 5), (86_400, 5), (0, 0)] {
            let wait = policy.delay(afterAttempt: 1, retryAfter: .seconds(asked), using: &random) ?? .seconds(-1)
            #expect(wait >= .seconds(least) && wait <= .seconds(least) + .milliseconds(100))
        }
    }

    @Test(
        "reads what a server asks for",
        arguments: [
            ("120", Duration.seconds(120) as Duration?), ("0", .zero), ("1.5", .milliseconds(1500)), ("-1", nil),
            ("soon", nil), ("", nil), ("inf", nil), ("nan", nil), ("1e300", .seconds(1_000_000_000)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", .seconds(30)), ("Sunday, 06-Nov-94 08:50:07 GMT", .seconds(30)),
            ("Sun Nov  6 08:50:07 1994", .seconds(30)), ("Sun, 06 Nov 1994 08:49:00 GMT", .zero),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
            ("Thu, 01 Jan 1970 00:00:00 GMT", .zero),
        ]
    )
    func header(value: String, duration: Duration?) {
        #expect(RetryAfter.duration(value, now: 784_111_777) == duration)
    }

    @Test(
        "knows the days of the calendar",
        arguments: [
            ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799),
            ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ]
    )
    func dates(text: String, seconds: Int) {
        #expect(HTTPDate(text)?.secondsSince1970 == seconds)
    }

    @Test("prefers milliseconds where a server gives them")
    func milliseconds() {
        let headers: HTTPHeaders = ["Retry-After": "7", "Retry-After-Ms": "250"]
        #expect(RetryAfter.duration(in: headers, now: 0) == .milliseconds(250))
        #expect(RetryAfter.duration(in: ["retry-after": "7"], now: 0) == .seconds(7))
        #expect(RetryAfter.duration(in: [:], now: 0) == nil)
    }
}
