import SkillCatalog
import Synchronization

/// Where the sources of a watched library leave word, so that an update takes all that came since the last one.
final class WatchInbox: Sendable {
    /// Rings when something was put in; once for all that was not taken yet.
    let bell: AsyncStream<Void>
    private let ringing: AsyncStream<Void>.Continuation
    private let changes = Mutex<[(place: Int, change: SourceChange)]>([])

    init() { (bell, ringing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func put(_ change: SourceChange, of place: Int) {
        changes.withLock { changes in
            // A source that changes again before anybody looked says nothing new.
            if let last = changes.last, last.place == place, last.change == change { return }
            changes.append((place, change))
        }
        ring()
    }

    func ring() { ringing.yield() }

    func take() -> [(place: Int, change: SourceChange)] {
        changes.withLock { changes in
            defer { changes = [] }
            return changes
        }
    }
}
