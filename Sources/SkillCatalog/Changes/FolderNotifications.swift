import Glibc

/// The system's reports about a set of folders (inotify), and a way to stop waiting for them.
///
/// Used from one task at a time; only `Waker` may be used from anywhere.
final class FolderNotifications {
    /// Why folders cannot be watched: the user's limit on watches or on instances is reached, or the system has none.
    struct Unavailable: Error { var reason: String }

    /// Ends a wait, from any task.
    final class Waker: Sendable {
        fileprivate let ends: (read: Int32, write: Int32)

        init?() {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return nil }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            self.ends = (ends[0], ends[1])
        }

        deinit {
            close(ends.read)
            close(ends.write)
        }

        func wake() {
            var byte: UInt8 = 1
            _ = write(ends.write, &byte, 1)
        }
    }

    private let descriptor: Int32
    private let waker: Waker
    private var watched: Set<Int32> = []
    private var visited: Set<Int32> = []

    init(waker: Waker) throws(Unavailable) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else {
            throw Unavailable(
                reason: errno == EMFILE
                    ? "too many watches are open (fs.inotify.max_user_instances)" : String(cString: strerror(errno))
            )
        }
        self.waker = waker
    }

    deinit { close(descriptor) }

    /// Watches a folder that is part of the tree now; watching it twice is no harm.
    func watch(_ path: String) throws(Unavailable) {
        let mask =
            IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF
            | IN_MOVE_SELF
        let watch = inotify_add_watch(
            descriptor,
            path,
            UInt32(bitPattern: mask) | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
        )
        if watch >= 0 {
            visited.insert(watch)
        } else if errno == ENOSPC || errno == ENOMEM {
            throw Unavailable(reason: "the limit on watched folders is reached (fs.inotify.max_user_watches)")
        }
        // A folder that is gone again, or may not be read, is found out when the tree is read.
    }

    /// Stops watching the folders that were not part of the tree this time.
    func forgetOthers() {
        for watch in watched.subtracting(visited) { inotify_rm_watch(descriptor, watch) }
        watched = visited
        visited = []
    }

    /// Waits for reports, for as long as given at most; nil once the waker was used.
    func wait(atMost timeout: Duration) -> [FolderEvent]? {
        let milliseconds = timeout.components.seconds * 1_000 + timeout.components.attoseconds / 1_000_000_000_000_000
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.ends.read, events: Int16(POLLIN), revents: 0),
        ]
        // Rounded up: a wait that ends too early would be repeated many times.
        _ = poll(&descriptors, 2, Int32(clamping: max(0, milliseconds) + 1))
        guard descriptors[1].revents == 0 else { return nil }
        return descriptors[0].revents == 0 ? [] : readEvents()
    }

    private func readEvents() -> [FolderEvent] {
        var events: [FolderEvent] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1_024)
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return [] }
        let headerSize = MemoryLayout<inotify_event>.size
        buffer.withUnsafeBytes { bytes in
            var offset = 0
            while offset + headerSize <= count {
                let header = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                let end = offset + headerSize + Int(header.len)
                guard end <= count else { return }
                let name = bytes[offset + headerSize..<end].prefix { $0 != 0 }
                events.append(
                    FolderEvent(mask: header.mask, name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self))
                )
                offset = end
            }
        }
        return events
    }
}
