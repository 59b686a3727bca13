import Glibc

/// The bytes still to be written to a child.
struct InputFeed: ~Copyable {
    private let bytes: [UInt8]
    private var position = 0
    private var end: Descriptor?

    init(bytes: [UInt8], to end: consuming Descriptor) {
        self.bytes = bytes
        end.makeNonBlocking()
        self.end = bytes.isEmpty ? nil : consume end
    }

    /// The descriptor to poll for writing; −1, which `poll` ignores, when all is written.
    var descriptor: Int32 {
        switch end {
        case .some(let end): end.number
        case nil: -1
        }
    }

    /// Writes what fits without waiting. A child that does not want to read any more is no fault.
    mutating func write() {
        let target = descriptor
        guard target >= 0 else { return }
        let written = bytes.withUnsafeBytes { buffer in
            Glibc.write(target, buffer.baseAddress.map { $0 + position }, buffer.count - position)
        }
        if written > 0 {
            position += written
            if position == bytes.count { close() }
        } else if written < 0 && errno != EAGAIN && errno != EINTR {
            close()
        }
    }

    /// Closes the pipe, which the child sees as the end of its input.
    mutating func close() { end = nil }
}

/// The beginning of what a child writes, up to a limit.
struct OutputCapture: ~Copyable {
    private(set) var bytes: [UInt8] = []
    /// More than the limit was written.
    private(set) var isTruncated = false
    private let limit: Int
    private var end: Descriptor?
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(_ end: consuming Descriptor, limit: Int) {
        self.limit = limit
        end.makeNonBlocking()
        self.end = consume end
    }

    /// The descriptor to poll for reading; −1, which `poll` ignores, after the end of the stream.
    var descriptor: Int32 {
        switch end {
        case .some(let end): end.number
        case nil: -1
        }
    }

    var isClosed: Bool { descriptor < 0 }

    /// Takes what is there without waiting.
    mutating func read() {
        let source = descriptor
        guard source >= 0 else { return }
        let count = Glibc.read(source, &buffer, buffer.count)
        if count > 0 {
            let room = limit - bytes.count
            bytes.append(contentsOf: buffer[..<min(count, room)])
            if count > room { isTruncated = true }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            end = nil
        }
    }
}
