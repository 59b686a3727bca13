/// What the service lets callers take.
package struct ServiceOptions: Sendable, Hashable {
    /// Requests worked on at a time, those that wait for the encoder included; more are told to come back.
    package var concurrency: Int
    /// How long a search or a route may take.
    package var deadline: Duration
    /// How long runs and answers under way may go on when the service is asked to stop.
    package var grace: Duration

    package init(
        concurrency: Int = 256,
        deadline: Duration = .seconds(30),
        grace: Duration = .seconds(20)
    ) {
        self.concurrency = concurrency
        self.deadline = deadline
        self.grace = grace
    }
}
