import Glibc

/// Takes what a descriptor says apart into lines, blocking the thread it is used on.
struct LineReader {
    enum Line: Equatable {
        case text([UInt8])
        /// A line that was passed over because it is longer than the limit.
        case tooLong
    }

    private let descriptor: Int32
    private let limit: Int
    private var partial: [UInt8] = []
    private var isSkipping = false
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(_ descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Waits for more and hands over the lines it completes.
    ///
    /// - Returns: false at the end of the stream; text after the last line break was handed over before.
    mutating func read(_ deliver: (Line) -> Void) -> Bool {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { return true }
        guard count > 0 else {
            finishLine(deliver)
            return false
        }
        var rest = buffer[..<count]
        while let lineBreak = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<lineBreak])
            finishLine(deliver)
            rest = rest[(lineBreak + 1)...]
        }
        append(rest)
        return true
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isSkipping else { return }
        partial += bytes
        if partial.count > limit {
            isSkipping = true
            partial = []
        }
    }

    private mutating func finishLine(_ deliver: (Line) -> Void) {
        if isSkipping {
            deliver(.tooLong)
        } else if partial.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
            deliver(.text(partial))
        }
        isSkipping = false
        partial = []
    }
}
