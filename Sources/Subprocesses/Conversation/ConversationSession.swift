import Glibc

/// The listening side of a conversation, from the child's start to its end.
///
/// Belongs to one thread, which it blocks in `poll`. All decisions about stopping are those of `ChildLifecycle`.
struct ConversationSession: ~Copyable {
    private let state: ConversationState
    private let child: ChildProcess
    private var input: Descriptor?
    private var output: LineStream
    private var error: ChunkStream
    private var sending: [UInt8] = []
    private var sent = 0
    private var takesInput = true

    private let clock = ContinuousClock()
    private var lifecycle = ChildLifecycle()
    private var graceEnd: ContinuousClock.Instant?
    private var drainEnd: ContinuousClock.Instant?
    private var status: TerminationStatus?

    init(_ launch: LaunchPlan, _ state: ConversationState) throws(SubprocessError) {
        let inputPipe = try Descriptor.pipe(executable: launch.path)
        let outputPipe = try Descriptor.pipe(executable: launch.path)
        let errorPipe = try Descriptor.pipe(executable: launch.path)
        child = try ChildProcess.start(
            launch,
            streams: [inputPipe.read.number, outputPipe.write.number, errorPipe.write.number]
        )
        self.state = state
        let writeEnd = inputPipe.write
        writeEnd.makeNonBlocking()
        input = consume writeEnd
        output = LineStream(outputPipe.read, limit: state.limits.maximumLineBytes)
        error = ChunkStream(errorPipe.read)
    }

    /// Listens until the child and everything it started is gone, and gives its descriptors back.
    ///
    /// - Returns: how it ended, and whether that was for a line that is too long.
    consuming func run() -> (status: TerminationStatus, lineWasTooLong: Bool) {
        while !isOver { step() }
        return (status ?? .exited(0), lifecycle.stopReason == .outputLimit)
    }

    private var isOver: Bool {
        guard status != nil else { return false }
        if output.isClosed && error.isClosed { return true }
        return drainEnd.map { clock.now >= $0 } ?? false
    }

    private mutating func step() {
        if sent == sending.count {
            sending = state.takeOutgoing()
            sent = 0
            if sending.isEmpty && state.isInputEnded { input = nil }
        }
        let inputDescriptor = descriptorOfInput
        let wantsToSend = inputDescriptor >= 0 && takesInput && sent < sending.count && status == nil
        let reads = status != nil || state.hasRoom
        var watched = [
            pollfd(fd: wantsToSend ? inputDescriptor : -1, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: error.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: reads ? output.descriptor : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: status == nil ? child.descriptor.number : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: state.wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        if poll(&watched, nfds_t(watched.count), millisecondsToSleep) > 0 {
            if watched[4].revents != 0 { state.wake.drain() }
            if watched[0].revents != 0 { feed() }
            // What was said beside a reply was said before it, so it is taken first.
            if watched[1].revents != 0 || watched[2].revents != 0 { listenToRemarks() }
            if watched[2].revents != 0 { listen() }
            if watched[3].revents != 0 { handle(.leaderEnded) }
        }
        if state.isStopRequested { handle(.cancelled) }
        if let graceEnd, clock.now >= graceEnd { handle(.graceElapsed) }
        state.expire()
    }

    private var descriptorOfInput: Int32 {
        switch input {
        case .some(let input): input.number
        case nil: -1
        }
    }

    private mutating func feed() {
        let written = sending.withUnsafeBytes { bytes in
            write(descriptorOfInput, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        }
        if written > 0 {
            sent += written
        } else if written < 0 && errno != EAGAIN && errno != EINTR {
            takesInput = false
        }
    }

    private mutating func listen() {
        let state = state
        if !output.read(deliver: { state.deliver($0) }) { handle(.outputLimitExceeded) }
    }

    private mutating func listenToRemarks() {
        let state = state
        error.read { state.remark($0) }
    }

    private var millisecondsToSleep: Int32 {
        let moments = [state.nextDeadline, status == nil ? graceEnd : nil, drainEnd]
        return moments.compactMap(\.self).min().map { pollTimeout(until: $0, clock) } ?? -1
    }

    private mutating func handle(_ event: ChildLifecycle.Event) {
        for action in lifecycle.handle(event) {
            switch action {
            case .askGroupToEnd:
                if state.limits.terminationGrace > .zero { child.signalGroup(SIGTERM) }
            case .killGroup:
                child.signalGroup(SIGKILL)
                graceEnd = nil
            case .startGrace: graceEnd = clock.now + state.limits.terminationGrace
            case .reap:
                status = child.reap()
                drainEnd = clock.now + state.limits.drainGrace
            }
        }
    }
}
