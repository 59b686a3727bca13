/// Who works for one skill, who waits, and whether a new worker may be started: the decisions, without the processes.
struct WorkerPool {
    typealias Turn = CheckedContinuation<Bool, Never>

    /// What a caller does next.
    enum Decision {
        case use(PythonWorker)
        case start(number: Int)
        case wait
        case refuse
    }

    let maximumWorkers: Int
    let maximumCrashes: Int
    private var idle: [PythonWorker] = []
    private var working = 0
    private var started = 0
    private var crashes = 0
    private var waiting: [(ticket: Int, turn: Turn)] = []

    init(maximumWorkers: Int, maximumCrashes: Int) {
        self.maximumWorkers = maximumWorkers
        self.maximumCrashes = maximumCrashes
    }

    /// Takes a place at work. The worker that was there first is used first, so that calls in sequence meet the same one.
    mutating func next() -> Decision {
        guard crashes < maximumCrashes else { return .refuse }
        if let first = idle.indices.min(by: { idle[$0].number < idle[$1].number }) {
            working += 1
            return .use(idle.remove(at: first))
        }
        guard working + idle.count < maximumWorkers else { return .wait }
        working += 1
        started += 1
        return .start(number: started)
    }

    mutating func wait(_ ticket: Int, _ turn: Turn) { waiting.append((ticket, turn)) }

    /// The caller of that ticket does not wait any more; nil when it does not anyway.
    mutating func leave(_ ticket: Int) -> Turn? {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        return waiting.remove(at: index).turn
    }

    /// Gives the place at work back, with the worker where it can go on.
    ///
    /// - Returns: whose turn it is.
    mutating func finish(_ worker: PythonWorker?, hasCrashed: Bool) -> Turn? {
        working -= 1
        if let worker { idle.append(worker) }
        crashes = hasCrashed ? crashes + 1 : 0
        return nextTurn()
    }

    /// The caller who has waited longest; nil where nobody waits.
    mutating func nextTurn() -> Turn? { waiting.isEmpty ? nil : waiting.removeFirst().turn }

    /// Takes all workers out, and all who wait.
    mutating func close() -> (workers: [PythonWorker], turns: [Turn]) {
        defer {
            idle = []
            waiting = []
        }
        return (idle, waiting.map(\.turn))
    }
}
