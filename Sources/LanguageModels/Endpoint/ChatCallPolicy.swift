package import HTTPTransport

/// How patient and how persistent calls to an endpoint are.
public struct ChatCallPolicy: Sendable, Hashable {
    /// Longest time for one reply, with all attempts and waits between them.
    public var timeout: Duration
    /// Calls that are on their way at the same time; more wait for their turn.
    public var concurrency: Int
    /// Most bytes of one reply.
    public var maximumReplyBytes: Int
    package var retry = RetryPolicy()
    package var breaker = CircuitBreaker()

    public init(
        timeout: Duration = .seconds(120),
        concurrency: Int = 4,
        attempts: Int = 3,
        maximumReplyBytes: Int = 16 << 20
    ) {
        self.timeout = timeout
        self.concurrency = max(1, concurrency)
        self.maximumReplyBytes = maximumReplyBytes
        retry.attempts = max(1, attempts)
    }
}

extension ChatCallPolicy {
    /// The same for the calls themselves.
    var calls: EndpointCallPolicy {
        EndpointCallPolicy(
            timeout: timeout,
            concurrency: concurrency,
            maximumReplyBytes: maximumReplyBytes,
            retry: retry,
            breaker: breaker
        )
    }
}
