import CommandLineInterface
import Glibc
import Testing

@Suite("Output through a descriptor")
struct DescriptorSinkTests {
    /// Two connected sockets, closed to the child processes of other tests.
    private static func socketPair() -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        _ = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
        return (ends[0], ends[1])
    }

    init() { signal(SIGPIPE, SIG_IGN) }

    @Test("is complete although the reader takes it in small pieces")
    func partialWrites() async throws {
        let (writer, reader) = Self.socketPair()
        // A non-blocking descriptor, such as a terminal shared with another program, must not lose bytes.
        _ = fcntl(writer, F_SETFL, O_NONBLOCK)
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let received = Task {
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 10_007)
            while case let count = read(reader, &buffer, buffer.count), count > 0 { received += buffer[..<count] }
            return received
        }
        try DescriptorSink(descriptor: writer).write(bytes)
        close(writer)
        #expect(await received.value == bytes)
        close(reader)
    }

    @Test("says that the reader went away")
    func closedReader() {
        let (writer, reader) = Self.socketPair()
        defer { close(writer) }
        close(reader)
        #expect(throws: OutputError.closed) { try DescriptorSink(descriptor: writer).write([1]) }
    }

    @Test("says that the disk is full")
    func fullDisk() {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        #expect(throws: OutputError.refused(reason: "No space left on device")) {
            try DescriptorSink(descriptor: full).write([1])
        }
    }

    @Test("knows that a file is no terminal")
    func noTerminal() {
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { close(null) }
        #expect(DescriptorSink(descriptor: null).terminalColumns == nil)
    }

    @Test("knows the width of a terminal, and assumes 80 columns where it is not told")
    func terminal() throws {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(terminal >= 0)
        defer { close(terminal) }
        #expect(DescriptorSink(descriptor: terminal).terminalColumns == 80)
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
        #expect(DescriptorSink(descriptor: terminal).terminalColumns == 132)
    }
}
