import Glibc

/// Carries bytes between two sockets in both directions until both are done, or one is shut down.
enum EgressRelay {
    /// One direction: what was read and is not written yet.
    private struct Flow {
        let source: Int32
        let target: Int32
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var start = 0
        var end = 0
        var isOver = false

        init(from source: Int32, to target: Int32) {
            self.source = source
            self.target = target
        }

        var wantsToRead: Bool { !isOver && start == end }
        var wantsToWrite: Bool { start < end }

        /// False when the connection is broken.
        mutating func read() -> Bool {
            let count = Glibc.read(source, &buffer, buffer.count)
            if count > 0 {
                (start, end) = (0, count)
            } else if count == 0 {
                isOver = true
                shutdown(target, Int32(SHUT_WR))
            } else {
                return errno == EAGAIN || errno == EINTR
            }
            return true
        }

        mutating func write() -> Bool {
            let count = buffer.withUnsafeBytes { bytes in
                send(target, bytes.baseAddress.map { $0 + start }, end - start, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { start += count }
            return count >= 0 || errno == EAGAIN || errno == EINTR
        }
    }

    static func run(_ first: Int32, _ second: Int32) {
        for socket in [first, second] { _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK) }
        var out = Flow(from: first, to: second)
        var back = Flow(from: second, to: first)
        while !(out.isOver && back.isOver) {
            var watched = [
                pollfd(fd: first, events: events(reading: out, writing: back), revents: 0),
                pollfd(fd: second, events: events(reading: back, writing: out), revents: 0),
            ]
            // A socket that nothing is wanted of is left out: its end would wake us again and again.
            for index in 0..<2 where watched[index].events == 0 { watched[index].fd = -1 }
            if poll(&watched, 2, -1) < 0 {
                if errno == EINTR { continue }
                return
            }
            let happened = watched.map { $0.revents != 0 }
            if happened[1], out.wantsToWrite, !out.write() { return }
            if happened[0], back.wantsToWrite, !back.write() { return }
            if happened[0], out.wantsToRead, !out.read() { return }
            if happened[1], back.wantsToRead, !back.read() { return }
        }
    }

    private static func events(reading: Flow, writing: Flow) -> Int16 {
        Int16((reading.wantsToRead ? POLLIN : 0) | (writing.wantsToWrite ? POLLOUT : 0))
    }
}
