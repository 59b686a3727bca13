/// How a worker works.
package struct WorkerSettings: Sendable, Hashable {
    /// What it is called in journals and logs, before a word that tells it from others of that name.
    package var name: String
    /// Most attempts at a time; at least 1.
    package var concurrency = 4
    /// How long it waits before it looks for work again when there was none.
    package var pollInterval = Duration.milliseconds(250)
    /// How long attempts under way may go on when it is asked to stop.
    package var grace = Duration.seconds(30)

    package init(name: String) { self.name = name }
}

/// Something a worker did, for its log.
package struct WorkerEvent: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It looks for work.
        case started
        case took, finished, failed
        /// It takes over from a worker that is gone.
        case takenOver = "taken-over"
        /// Others took over from it.
        case lost
        /// It leaves a task to workers that have the skill.
        case left
        /// A run ended, or waits for a person.
        case runEnded = "run-ended"
        /// The database, or a run in it, cannot be used.
        case trouble
        /// The database can be used again.
        case recovered
        case stopping, stopped
    }

    package var kind: Kind
    package var at: RunTime
    package var worker: String
    package var run: String?
    package var task: TaskID?
    package var attempt: Int?
    /// What happened, in words.
    package var text: String
}
