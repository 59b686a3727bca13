/// Works through the requests of a benchmark one after the other, and skips what an earlier, interrupted run has done.
package struct EvaluationRun: Sendable {
    /// Where records go as they are made; nil keeps them in memory only.
    private let log: RecordLog?

    package init(log: RecordLog? = nil) { self.log = log }

    /// The records of all requests, in the order of the requests.
    ///
    /// Stops with `CancellationError` soon after its task is cancelled; what is done stays in the log. Runs where its
    /// caller runs, so that both closures may use the caller's own state.
    /// - Parameters:
    ///   - progress: Called before the first request and after each, with how many are done.
    ///   - evaluate: Answers and scores one request.
    package nonisolated(nonsending) func records<Request>(
        of requests: [Request],
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
        evaluate: nonisolated(nonsending) (Request) async throws -> QueryRecord
    ) async throws -> [QueryRecord] where Request: Identifiable<String> {
        let earlier = await log?.records ?? [:]
        var done = requests.count { earlier[$0.id] != nil }
        progress(done, requests.count)
        var records: [QueryRecord] = []
        records.reserveCapacity(requests.count)
        for request in requests {
            if let record = earlier[request.id] {
                records.append(record)
                continue
            }
            try Task.checkCancellation()
            let record = try await evaluate(request)
            try await log?.append(record)
            records.append(record)
            done += 1
            progress(done, requests.count)
        }
        return records
    }
}
