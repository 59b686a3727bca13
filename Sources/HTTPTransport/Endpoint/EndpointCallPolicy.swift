/// How patient and how persistent calls to an endpoint are.
package struct EndpointCallPolicy: Sendable, Hashable {
    /// Longest time for one answer, with all attempts and waits between them.
    package var timeout: Duration
    /// Calls that are on their way at the same time; more wait for their turn.
    package var concurrency: Int
    /// Most bytes of one answer.
    package var maximumReplyBytes: Int
    package var retry: RetryPolicy
    package var breaker: CircuitBreaker

    package init(
        timeout: Duration = .seconds(120),
        concurrency: Int = 4,
        maximumReplyBytes: Int = 16 << 20,
        retry: RetryPolicy = RetryPolicy(),
        breaker: CircuitBreaker = CircuitBreaker()
    ) {
        self.timeout = timeout
        self.concurrency = max(1, concurrency)
        self.maximumReplyBytes = maximumReplyBytes
        self.retry = retry
        self.breaker = breaker
    }
}
