import PlanExecution
import SkillWeaver
import Synchronization

/// Lets a question be asked only after the picture above it is drawn.
final class ShownQuestions: Sendable {
    private let shown = Mutex<Set<TaskID>>([])
    private let changes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// The picture now shows that the task asks something.
    func note(_ task: TaskID) {
        shown.withLock { _ = $0.insert(task) }
        changes.continuation.yield()
    }

    /// Waits until the picture shows it, or the task is cancelled; for one waiting task at a time.
    func wait(for task: TaskID) async {
        // A task may ask again: each time is shown anew.
        guard shown.withLock({ $0.remove(task) }) == nil else { return }
        for await _ in changes.stream where shown.withLock({ $0.remove(task) }) != nil { return }
    }
}
