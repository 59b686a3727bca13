import CSpawn
import Glibc

/// A file descriptor with one owner, closed when that owner is gone.
struct Descriptor: ~Copyable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// A pipe whose ends are close-on-exec and lie above the standard streams.
    static func pipe(executable: String) throws(SubprocessError) -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard skw_pipe(&ends, O_CLOEXEC) == 0 else {
            throw .spawnFailed(executable: executable, errno: errno)
        }
        let read = Descriptor(owning: ends[0])
        let write = Descriptor(owning: ends[1])
        return try Pipe(read: read.aboveStandardStreams(executable), write: write.aboveStandardStreams(executable))
    }

    /// Reads and writes on this descriptor return at once when there is nothing to do.
    func makeNonBlocking() {
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }

    /// A process started without standard streams gets pipes numbered 0 to 2, which the child's own would overwrite.
    private consuming func aboveStandardStreams(_ executable: String) throws(SubprocessError) -> Descriptor {
        guard number <= STDERR_FILENO else { return self }
        let moved = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        guard moved >= 0 else { throw .spawnFailed(executable: executable, errno: errno) }
        return Descriptor(owning: moved)
    }
}

/// Two descriptors: what is written to one is read from the other.
struct Pipe: ~Copyable {
    let read: Descriptor
    let write: Descriptor
}
