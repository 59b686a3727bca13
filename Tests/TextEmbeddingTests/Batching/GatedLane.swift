import Dispatch
import Storage
import Synchronization

@testable import TextEmbedding

/// A lane whose batches wait until they are let through; a token's state is its id.
actor GatedLane: EncodingLane {
    private nonisolated let executor = BlockingExecutor(label: "gated-lane")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private nonisolated let gate = DispatchSemaphore(value: 0)
    private nonisolated let seen = Mutex<[[[Int32]]]>([])
    private let failure: EmbeddingError?

    /// - Parameter failure: what every batch with the id 13 in it ends with.
    init(failure: EmbeddingError? = nil) { self.failure = failure }

    /// The batches that were begun.
    nonisolated var batches: [[[Int32]]] { seen.withLock(\.self) }

    /// Lets so many batches through.
    nonisolated func open(_ count: Int = 1) { for _ in 0..<count { gate.signal() } }

    func run(_ rows: [TokenRow], columns: Int) throws -> [[Float]] {
        seen.withLock { $0.append(rows.map(\.ids)) }
        gate.wait()
        if let failure, rows.contains(where: { $0.ids.contains(13) }) { throw failure }
        return rows.map { $0.ids.map(Float.init) }
    }
}
