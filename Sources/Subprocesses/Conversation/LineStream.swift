import Glibc

/// What comes through a pipe, line by line.
struct LineStream: ~Copyable {
    private let limit: Int
    private var end: Descriptor?
    private var partial: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(_ end: consuming Descriptor, limit: Int) {
        self.limit = limit
        end.makeNonBlocking()
        self.end = consume end
    }

    /// The descriptor to poll for reading; −1, which `poll` ignores, after the end.
    var descriptor: Int32 {
        switch end {
        case .some(let end): end.number
        case nil: -1
        }
    }

    var isClosed: Bool { descriptor < 0 }

    /// Takes what is there without waiting. Text after the last line break is a line when the stream ends.
    ///
    /// - Returns: false when a line is longer than the limit; nothing more is delivered then.
    mutating func read(deliver: ([UInt8]) -> Void) -> Bool {
        guard descriptor >= 0 else { return true }
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) {
            end = nil
            if !partial.isEmpty { deliver(partial) }
            partial = []
        }
        guard count > 0 else { return true }
        var rest = buffer[..<count]
        while let lineBreak = rest.firstIndex(of: UInt8(ascii: "\n")) {
            partial += rest[..<lineBreak]
            guard partial.count <= limit else { return overflow() }
            deliver(partial)
            partial = []
            rest = rest[(lineBreak + 1)...]
        }
        partial += rest
        return partial.count <= limit ? true : overflow()
    }

    private mutating func overflow() -> Bool {
        partial = []
        end = nil
        return false
    }
}

/// What comes through a pipe, as it comes.
struct ChunkStream: ~Copyable {
    private var end: Descriptor?
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    /// Most that is taken in one go, so that a writer who never stops does not keep the reader.
    private static let maximumChunks = 4

    init(_ end: consuming Descriptor) {
        end.makeNonBlocking()
        self.end = consume end
    }

    /// The descriptor to poll for reading; −1, which `poll` ignores, after the end.
    var descriptor: Int32 {
        switch end {
        case .some(let end): end.number
        case nil: -1
        }
    }

    var isClosed: Bool { descriptor < 0 }

    /// Takes what is there without waiting.
    mutating func read(deliver: (ArraySlice<UInt8>) -> Void) {
        for _ in 0..<Self.maximumChunks {
            guard descriptor >= 0 else { return }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                deliver(buffer[..<count])
            } else {
                if count == 0 || (errno != EAGAIN && errno != EINTR) { end = nil }
                return
            }
        }
    }
}
