import Glibc

/// Output through a file descriptor, which it does not own.
///
/// Writes block, on the thread of the caller, for as long as the reader does not read.
package struct DescriptorSink: OutputSink {
    private let descriptor: Int32

    package static let standardOutput = DescriptorSink(descriptor: STDOUT_FILENO)
    package static let standardError = DescriptorSink(descriptor: STDERR_FILENO)

    package init(descriptor: Int32) { self.descriptor = descriptor }

    package func write(_ bytes: [UInt8]) throws(OutputError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilWritable()
            case EPIPE: throw .closed
            case let code: throw .refused(reason: String(cString: strerror(code)))
            }
        }
    }

    package var terminalColumns: Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return Self.usualColumns }
        return Int(size.ws_col)
    }

    /// Width of a terminal that does not tell its own.
    static let usualColumns = 80

    /// A terminal that another program made non-blocking is waited for.
    private func waitUntilWritable() {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
