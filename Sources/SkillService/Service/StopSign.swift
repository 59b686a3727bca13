import Synchronization

/// Says whether the service has been asked to stop.
final class StopSign: Sendable {
    private let state = Atomic(false)

    var isUp: Bool { state.load(ordering: .relaxed) }

    func putUp() { state.store(true, ordering: .relaxed) }
}
