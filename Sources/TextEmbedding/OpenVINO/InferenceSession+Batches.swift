extension InferenceSession {
    /// Runs the model over all rows, batch by batch, and keeps every lane busy: while one batch is read here, the others
    /// run.
    ///
    /// - Parameters:
    ///   - batches: made of these rows.
    ///   - padding: the id that fills short rows.
    ///   - read: receives each batch once, in no fixed order, with an output that is valid during the call.
    func run(
        _ rows: [TokenRow],
        in batches: [BatchPlan.Batch],
        padding: Int32,
        read: (BatchPlan.Batch, InferenceOutput) throws -> Void
    ) throws {
        if batches.count == 1, let batch = batches.first, let lane = lanes.first {
            let members = batch.members.map { rows[$0] }
            return try read(batch, try lane.run(members, columns: batch.columns, padding: padding))
        }
        var running: [(lane: InferenceLane, batch: BatchPlan.Batch)] = []
        // A lane that was started must be waited for, whatever happens: it reads its buffers until then.
        defer { for (lane, _) in running { _ = try? lane.finish() } }
        var waiting = batches[...]
        var free = lanes[...]
        while !waiting.isEmpty || !running.isEmpty {
            try Task.checkCancellation()
            if let batch = waiting.first, let lane = free.popFirst() {
                waiting.removeFirst()
                try lane.start(batch.members.map { rows[$0] }, columns: batch.columns, padding: padding)
                running.append((lane, batch))
            } else {
                let (lane, batch) = running.removeFirst()
                try read(batch, try lane.finish())
                free.append(lane)
            }
        }
    }
}
