import Glibc

/// One child from its start to its end: feeds it, listens to it, stops it when it must.
///
/// Belongs to one thread, which it blocks in `poll`. All decisions are those of `ChildLifecycle`.
struct ChildSession: ~Copyable {
    private let launch: LaunchPlan
    private let limits: SubprocessLimits
    private let wake: WakeChannel
    private let child: ChildProcess
    private var input: InputFeed
    private var output: OutputCapture
    private var error: OutputCapture

    private let clock = ContinuousClock()
    private var lifecycle = ChildLifecycle()
    private var deadline: ContinuousClock.Instant?
    private var graceEnd: ContinuousClock.Instant?
    private var drainEnd: ContinuousClock.Instant?
    private var status: TerminationStatus?

    /// Runs one child on the calling thread.
    static func run(
        _ launch: LaunchPlan,
        input: [UInt8],
        _ limits: SubprocessLimits,
        _ wake: WakeChannel
    ) throws -> SubprocessResult {
        var session = try ChildSession(launch, input: input, limits, wake)
        while !session.isOver { session.step() }
        return try session.result()
    }

    private init(
        _ launch: LaunchPlan,
        input bytes: [UInt8],
        _ limits: SubprocessLimits,
        _ wake: WakeChannel
    ) throws(SubprocessError) {
        let inputPipe = try Descriptor.pipe(executable: launch.path)
        let outputPipe = try Descriptor.pipe(executable: launch.path)
        let errorPipe = try Descriptor.pipe(executable: launch.path)
        child = try ChildProcess.start(
            launch,
            streams: [inputPipe.read.number, outputPipe.write.number, errorPipe.write.number]
        )
        self.launch = launch
        self.limits = limits
        self.wake = wake
        input = InputFeed(bytes: bytes, to: inputPipe.write)
        output = OutputCapture(outputPipe.read, limit: limits.maximumOutputBytes)
        error = OutputCapture(errorPipe.read, limit: limits.maximumErrorBytes)
        deadline = limits.deadline.map { clock.now + $0 }
    }

    /// The child is reaped and nothing more will be read.
    private var isOver: Bool {
        guard status != nil else { return false }
        if output.isClosed && error.isClosed { return true }
        return drainEnd.map { clock.now >= $0 } ?? false
    }

    /// Sleeps until something happens, and handles it.
    private mutating func step() {
        var watched = [
            pollfd(fd: input.descriptor, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: error.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: status == nil ? child.descriptor.number : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: lifecycle.phase == .running ? wake.descriptor : -1, events: Int16(POLLIN), revents: 0),
        ]
        let happened = poll(&watched, nfds_t(watched.count), millisecondsToSleep)
        if happened > 0 {
            if watched[0].revents != 0 { input.write() }
            if watched[1].revents != 0 { output.read() }
            if watched[2].revents != 0 { error.read() }
            if limits.overflow == .fail && output.isTruncated { handle(.outputLimitExceeded) }
            if watched[4].revents != 0 { handle(.cancelled) }
            if watched[3].revents != 0 { handle(.leaderEnded) }
        }
        if let deadline, clock.now >= deadline { handle(.deadlinePassed) }
        if let graceEnd, clock.now >= graceEnd { handle(.graceElapsed) }
    }

    /// Time to the next moment at which something must be decided; −1 without one.
    private var millisecondsToSleep: Int32 {
        let moments: [ContinuousClock.Instant?] =
            switch lifecycle.phase {
            case .running: [deadline]
            case .terminating: [graceEnd]
            case .killed: []
            case .ended: [drainEnd]
            }
        guard let next = moments.compactMap(\.self).min() else { return -1 }
        return pollTimeout(until: next, clock)
    }

    private mutating func handle(_ event: ChildLifecycle.Event) {
        for action in lifecycle.handle(event) {
            switch action {
            case .askGroupToEnd: child.signalGroup(SIGTERM)
            case .killGroup: child.signalGroup(SIGKILL)
            case .startGrace: graceEnd = clock.now + limits.terminationGrace
            case .reap:
                status = child.reap()
                drainEnd = clock.now + limits.drainGrace
                input.close()
            }
        }
    }

    private consuming func result() throws -> SubprocessResult {
        switch lifecycle.stopReason {
        case .cancellation: throw CancellationError()
        case .outputLimit:
            throw SubprocessError.outputTooLarge(executable: launch.path, limit: limits.maximumOutputBytes)
        case .deadline:
            throw SubprocessError.timedOut(
                executable: launch.path,
                after: limits.deadline ?? .zero,
                said: SubprocessError.lastWords(of: error.bytes)
            )
        case nil:
            return SubprocessResult(
                status: status ?? .exited(0),
                standardOutput: output.bytes,
                standardError: error.bytes,
                isOutputTruncated: output.isTruncated,
                isErrorTruncated: error.isTruncated
            )
        }
    }
}
