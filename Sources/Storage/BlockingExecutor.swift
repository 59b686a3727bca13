import Dispatch

/// Runs an actor on a queue of its own, so that blocking C calls never occupy the cooperative thread pool.
///
/// The pool has one thread a core: two blocking calls on a two-core machine would stop every other task.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter label: name of the queue in debuggers and crash reports.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
