import JSONSchema
import PlanExecution
import SkillHarness

/// The events of one run on their way to one client.
///
/// Entries are read from the journal when the client has taken what came before, so that one that does not read costs
/// nothing but its connection.
actor RunEventStream {
    private static let pieceEntries = 64
    /// How often a sign of life is sent when nothing happens.
    private static let keepAlive = Duration.seconds(15)

    private let run: String
    private let runs: HostedRuns
    private var state: RunState
    private var after: Int
    private var hasBegun = false
    private var isOver = false

    /// - Parameter state: of the run at any moment before.
    init(run: String, after: Int, state: RunState, runs: HostedRuns) {
        self.run = run
        self.after = after
        self.state = state
        self.runs = runs
    }

    /// Bytes to send; nil at the end.
    func next() async throws -> [UInt8]? {
        guard !isOver else { return nil }
        guard hasBegun else {
            hasBegun = true
            // The client knows at once that it is connected.
            return Array("retry: 2000\n\n".utf8)
        }
        while true {
            try Task.checkCancellation()
            let entries = try await runs.store.entries(of: run, after: after, limit: Self.pieceEntries)
            if let last = entries.last {
                after = last.sequence
                return Array(entries.map { Self.text($0, of: run) }.joined().utf8)
            }
            var newest = state
            try await runs.store.refresh(&newest)
            state = newest
            guard state.sequence <= after else { continue }
            if state.outcome != nil {
                isOver = true
                return Self.end(state.phase)
            }
            await runs.lookOut()
            switch await runs.growth.wait(for: run, beyond: after, within: Self.keepAlive) {
            case .grown, .settled: continue
            case .over:
                isOver = true
                return Array("event: stopping\ndata: {}\n\n".utf8)
            case .quiet:
                return Array(": keep-alive\n\n".utf8)
            }
        }
    }

    private static func text(_ entry: JournalEntry, of run: String) -> String {
        var members = RunEvent(run: run, entry: entry).json.objectValue ?? [:]
        members["sentence"] = .string(entry.transition.sentence)
        return "id: \(entry.sequence)\nevent: run\ndata: \(JSONValue.object(members).serialized())\n\n"
    }

    private static func end(_ phase: RunPhase) -> [UInt8] {
        let data: JSONValue = ["phase": .string(phase.rawValue)]
        return Array("event: end\ndata: \(data.serialized())\n\n".utf8)
    }
}
