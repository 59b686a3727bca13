import PlanComposition

/// Keeps runs in memory, for as long as the process lives: for programs that do not want a journal, and for tests.
package actor MemoryRunStore: RunStore {
    private struct Record {
        var number: Int
        var definition: RunDefinition
        var entries: [JournalEntry] = []
        var phase = RunPhase.running
        var isClaimed = false
    }

    private var records: [String: Record] = [:]
    private var count = 0

    package init() {}

    package func create(_ definition: RunDefinition) throws(RunStoreError) {
        guard records[definition.id] == nil else {
            throw RunStoreError(.exists, "there is a run \(definition.id) already")
        }
        count += 1
        records[definition.id] = Record(number: count, definition: definition)
    }

    package func append(
        _ transitions: [RunTransition],
        to run: String,
        after expected: Int,
        at time: RunTime,
        phase: RunPhase?
    ) throws(RunStoreError) {
        guard let record = records[run] else { throw .notFound(run) }
        guard record.entries.count == expected else { throw .conflict(run) }
        for transition in transitions {
            let sequence = records[run]?.entries.count ?? 0
            records[run]?.entries.append(JournalEntry(sequence: sequence + 1, at: time, transition: transition))
        }
        if let phase { records[run]?.phase = phase }
    }

    package func definition(of run: String) throws(RunStoreError) -> RunDefinition {
        guard let record = records[run] else { throw .notFound(run) }
        return record.definition
    }

    package func entries(of run: String, after sequence: Int, limit: Int) throws(RunStoreError) -> [JournalEntry] {
        guard let record = records[run] else { throw .notFound(run) }
        return Array(record.entries.dropFirst(sequence).prefix(limit))
    }

    package func list(_ query: RunQuery) throws(RunStoreError) -> [RunSummary] {
        let before = try query.after.map { (run) throws(RunStoreError) in
            guard let record = records[run] else { throw .notFound(run) }
            return record.number
        }
        let found = records.values.filter { record in
            record.number < before ?? Int.max && query.phases?.contains(record.phase) ?? true
                && query.createdBefore.map { record.definition.createdAt < $0 } ?? true
        }
        return found.sorted { $0.number > $1.number }.prefix(query.limit).map { record in
            RunSummary(
                id: record.definition.id,
                createdAt: record.definition.createdAt,
                updatedAt: record.entries.last?.at ?? record.definition.createdAt,
                phase: record.phase,
                request: String(record.definition.plan.request.prefix(500)),
                steps: record.definition.plan.steps.count
            )
        }
    }

    package func delete(_ run: String) throws(RunStoreError) {
        guard records.removeValue(forKey: run) != nil else { throw .notFound(run) }
    }

    package func claim(_ run: String, as owner: String) throws(RunStoreError) -> any RunClaim {
        guard let record = records[run] else { throw .notFound(run) }
        guard !record.isClaimed else { throw RunStoreError(.busy, "run \(run) is driven already") }
        records[run]?.isClaimed = true
        return Claim(store: self, run: run)
    }

    private func giveBack(_ run: String) { records[run]?.isClaimed = false }

    private struct Claim: RunClaim {
        let store: MemoryRunStore
        let run: String

        func release() async { await store.giveBack(run) }
    }
}
