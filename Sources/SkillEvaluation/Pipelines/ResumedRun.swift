/// A run in progress: where its records go, which of them an earlier run has left, and who is told how far it is.
struct ResumedRun: Sendable {
    /// Requests whose records are made.
    let done: Set<String>
    private let run: EvaluationRun
    private let progress: @Sendable (Int) -> Void

    init(log: RecordLog?, progress: @escaping @Sendable (Int) -> Void) async {
        done = Set((await log?.records ?? [:]).keys)
        run = EvaluationRun(log: log)
        self.progress = progress
    }

    /// How many requests are evaluated together.
    static let chunkSize = 256

    /// Evaluates requests in chunks, so that a batch of many fills the processor, and yet one record after the other.
    ///
    /// The chunks are the same however often a run is interrupted, so that every text is embedded in the same company
    /// and the figures do not depend on where a run stopped.
    ///
    /// - Parameter chunkSize: nil for the usual size.
    func records<Request: Identifiable<String> & Sendable>(
        of requests: [Request],
        chunkSize: Int? = nil,
        evaluate: (ArraySlice<Request>) async throws -> [QueryRecord]
    ) async throws -> [QueryRecord] {
        let places = Dictionary(zip(requests.map(\.id), requests.indices)) { first, _ in first }
        var ready: [String: QueryRecord] = [:]
        return try await run.records(of: requests, progress: { done, _ in progress(done) }) { request in
            if ready[request.id] == nil {
                let size = chunkSize ?? Self.chunkSize
                let start = (places[request.id] ?? 0) / size * size
                let made = try await evaluate(requests[start..<min(start + size, requests.count)])
                ready = Dictionary(made.map { ($0.id, $0) }) { first, _ in first }
            }
            guard let record = ready[request.id] else {
                throw DataFault(.malformed, file: request.id, "was evaluated and left no record")
            }
            return record
        }
    }

    /// Keeps records that took no work to make.
    func records(keeping records: [QueryRecord]) async throws -> [QueryRecord] {
        try await run.records(of: records, progress: { done, _ in progress(done) }) { $0 }
    }
}
