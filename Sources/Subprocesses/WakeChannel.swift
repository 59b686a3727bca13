import CSpawn
import Glibc
import Synchronization

/// Lets another thread wake one that sleeps in `poll`.
final class WakeChannel: Sendable {
    private struct Ends {
        var read: Int32
        var write: Int32
    }

    private let ends: Mutex<Ends?>

    init() throws(SubprocessError) {
        var pair: [Int32] = [-1, -1]
        guard skw_pipe(&pair, O_CLOEXEC | O_NONBLOCK) == 0 else {
            throw .spawnFailed(executable: "the wake-up pipe", errno: errno)
        }
        ends = Mutex(Ends(read: pair[0], write: pair[1]))
    }

    deinit { close() }

    /// The descriptor to poll for reading; −1, which `poll` ignores, once closed.
    var descriptor: Int32 { ends.withLock { $0?.read ?? -1 } }

    /// Wakes the sleeper, now or at its next `poll`.
    func signal() {
        ends.withLock { ends in
            guard let ends else { return }
            _ = write(ends.write, "!", 1)
        }
    }

    /// Takes the signals that came so far, so that the next `poll` waits for new ones.
    func drain() {
        ends.withLock { ends in
            guard let ends else { return }
            var buffer = [UInt8](repeating: 0, count: 256)
            while read(ends.read, &buffer, buffer.count) == buffer.count {}
        }
    }

    /// Gives the descriptors back; later signals do nothing.
    func close() {
        ends.withLock { ends in
            guard let open = ends.take() else { return }
            Glibc.close(open.read)
            Glibc.close(open.write)
        }
    }
}
