/// Decides what happens to the pieces of a body between the thread that receives them and the task that reads them.
///
/// Open → ended (complete or failed). While open the sender is paused when as much waits as may, and goes on when half of
/// that is read.
struct BodyBuffer {
    enum Taken {
        /// A piece; `resumes` when the sender is to go on.
        case piece([UInt8], resumes: Bool)
        /// Nothing is there yet.
        case wait
        case ended
        case failed(any Error)
    }

    private let capacity: Int
    private var pieces: [[UInt8]] = []
    private var next = 0
    private(set) var waitingBytes = 0
    private(set) var isPaused = false
    private var outcome: Result<Void, any Error>?
    private var isAbandoned = false

    init(capacity: Int) { self.capacity = capacity }

    /// Takes a piece in; false, and nothing is taken, when the sender has to wait and offer it again.
    mutating func receive(_ piece: [UInt8]) -> Bool {
        if isAbandoned { return true }
        if waitingBytes >= capacity {
            isPaused = true
            return false
        }
        pieces.append(piece)
        waitingBytes += piece.count
        return true
    }

    /// Nothing more will come. The first outcome counts.
    mutating func end(_ outcome: Result<Void, any Error>) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
    }

    /// The reader gives up: what waits, and what may still come, is dropped.
    mutating func abandon(_ error: any Error) {
        isAbandoned = true
        pieces = []
        next = 0
        waitingBytes = 0
        outcome = .failure(error)
    }

    /// Hands out the next piece. What was received before a failure is handed out first.
    mutating func take() -> Taken {
        guard next < pieces.count else {
            switch outcome {
            case nil: return .wait
            case .success: return .ended
            case .failure(let error): return .failed(error)
            }
        }
        let piece = pieces[next]
        next += 1
        if next == pieces.count {
            pieces.removeAll(keepingCapacity: true)
            next = 0
        }
        waitingBytes -= piece.count
        let resumes = isPaused && waitingBytes <= capacity / 2
        if resumes { isPaused = false }
        return .piece(piece, resumes: resumes)
    }
}
