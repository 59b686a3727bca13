import Dispatch
import Glibc

/// Reads a file or a pipe on a thread of its own, and stops waiting when its task is cancelled.
actor DescriptorReader {
    private nonisolated let executor = QueueExecutor(label: "command-line.reader")
    private nonisolated let descriptor: Int32
    private nonisolated let isOwned: Bool
    /// A pair of sockets, of which one becomes readable when the task that reads is cancelled.
    private nonisolated let wakeUp: (read: Int32, write: Int32)

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String) throws(SystemCallError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemCallError() }
        try self.init(descriptor: descriptor, isOwned: true)
    }

    static func standardInput() throws(SystemCallError) -> DescriptorReader {
        try DescriptorReader(descriptor: STDIN_FILENO, isOwned: false)
    }

    /// Reads from a descriptor, and closes it in the end when it owns it.
    init(descriptor: Int32, isOwned: Bool) throws(SystemCallError) {
        self.descriptor = descriptor
        self.isOwned = isOwned
        var ends: [Int32] = [-1, -1]
        // Sockets rather than a pipe, because they can be made closed to child processes in one call.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            let error = SystemCallError()
            if isOwned { close(descriptor) }
            throw error
        }
        wakeUp = (ends[0], ends[1])
    }

    deinit {
        close(wakeUp.read)
        close(wakeUp.write)
        if isOwned { close(descriptor) }
    }

    /// The next bytes, as many as there are up to a limit; none at the end.
    ///
    /// Throws `CancellationError` when the task is cancelled, then and ever after.
    func read(upTo count: Int) async throws -> [UInt8] {
        try await withTaskCancellationHandler {
            try readWhenReady(upTo: count)
        } onCancel: {
            _ = Glibc.write(wakeUp.write, "\n", 1)
        }
    }

    private func readWhenReady(upTo count: Int) throws -> [UInt8] {
        while true {
            try waitUntilReadable()
            var result: Int = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                result = Glibc.read(descriptor, buffer.baseAddress, count)
                initialized = max(result, 0)
            }
            if result >= 0 { return bytes }
            if errno != EINTR, errno != EAGAIN { throw SystemCallError() }
        }
    }

    private func waitUntilReadable() throws {
        var requests = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeUp.read, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&requests, 2, -1) < 0 {
            if errno != EINTR { throw SystemCallError() }
        }
        if requests[1].revents != 0 { throw CancellationError() }
    }
}

/// Why a call of the operating system failed, in its own words.
struct SystemCallError: Error {
    let reason: String

    /// Takes the fault of the call just made.
    init() { reason = String(cString: strerror(errno)) }
}

/// Runs an actor on a dispatch queue, whose threads may block.
private final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
