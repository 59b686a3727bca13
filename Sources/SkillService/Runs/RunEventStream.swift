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
    private var after: Int
    /// Nil for a run that has not ended as far as this client was told.
    private var end: RunPhase?
    private var hasBegun = false
    private var isOver = false

    /// - Parameter end: how the run ended, where its journal does not grow any more; nothing else of it is kept, because many
    ///   may follow one run.
    init(run: String, after: Int, end: RunPhase?, runs: HostedRuns) {
        self.run = run
        self.after = after
        self.end = end
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
                if case .finished(let outcome) = last.transition { end = RunPhase(outcome) }
                return Array(entries.map { Self.text($0, of: run) }.joined().utf8)
            }
            if let end {
                isOver = true
                return Self.text(of: end)
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

    private static func text(of phase: RunPhase) -> [UInt8] {
        let data: JSONValue = ["phase": .string(phase.rawValue)]
        return Array("event: end\ndata: \(data.serialized())\n\n".utf8)
    }
}
