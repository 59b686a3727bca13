import Glibc

/// Watches one file by looking at its status from time to time.
///
/// A change is told when the file is the same in two looks: a writer in the middle of its work is left alone, but not
/// for ever.
struct FileWatch: Sendable {
    let path: String
    let pace: WatchPace

    func changes() -> AsyncStream<SourceChange> {
        AsyncStream(bufferingPolicy: .bufferingNewest(16)) { continuation in
            // Ends with the stream, whose end cancels it.
            let task = Task {
                let clock = ContinuousClock()
                let start = clock.now
                var state = FileWatchState(FileLook(at: path), pace: pace)
                continuation.yield(.watching)
                if case .fault(let message) = state.told { continuation.yield(.unreadable(message)) }
                while (try? await clock.sleep(for: state.isSettling ? pace.quiet : pace.interval)) != nil {
                    let change = state.look(FileLook(at: path), at: start.duration(to: clock.now))
                    if let change { continuation.yield(change) }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// What one look at a file shows.
enum FileLook: Sendable, Hashable {
    case file(FileSign)
    case fault(String)

    init(at path: String) {
        do throws(FileFault) {
            let sign = try FileSign(of: path)
            // A status needs no right to read; opening does.
            _ = try RegularFile.open(path)
            self = .file(sign)
        } catch {
            self = .fault(error.message)
        }
    }
}

/// Turns looks at a file into changes.
struct FileWatchState: Sendable {
    /// What the last change told, or the first look.
    private(set) var told: FileLook
    private var latest: FileLook
    private var debounce: ChangeDebounce

    init(_ first: FileLook, pace: WatchPace) {
        told = first
        latest = first
        debounce = ChangeDebounce(pace)
    }

    /// Whether a change waits to be told.
    var isSettling: Bool { debounce.deadline != nil }

    /// Takes one look; the change to tell, if any.
    mutating func look(_ look: FileLook, at now: Duration) -> SourceChange? {
        if look != latest {
            latest = look
            debounce.note(at: now)
        }
        guard debounce.takeIfDue(at: now), latest != told else { return nil }
        let before = told
        told = latest
        switch (before, latest) {
        case (_, .fault(let message)): return .unreadable(message)
        case (.fault, .file): return .back
        case (.file, .file): return .changed
        }
    }
}
