/// Cuts a stream of bytes into numbered lines and keeps no more than one line and one piece of the stream.
struct LineSplitter: Sendable {
    struct Line: Sendable, Hashable {
        enum Content: Sendable, Hashable {
            /// The line without its line feed.
            case bytes([UInt8])
            /// A line over the limit, which was not kept.
            case tooLong
        }

        /// From 1.
        let number: Int
        let content: Content
    }

    private let maximumLength: Int
    private var buffer: [UInt8] = []
    /// Where the line that is being read begins in the buffer.
    private var start = 0
    /// Up to where the buffer is known to hold no line feed of that line.
    private var searched = 0
    private var number = 0
    /// Whether the beginning of this line was thrown away because it is too long.
    private var isSkipping = false
    /// Whether the stream ended and every line was handed out.
    private(set) var isFinished = false
    private var isEnded = false

    init(maximumLength: Int) { self.maximumLength = maximumLength }

    /// Takes the next piece of the stream; an empty one is its end.
    mutating func append(_ bytes: [UInt8]) {
        isEnded = bytes.isEmpty
        buffer.removeSubrange(..<start)
        searched -= start
        start = 0
        buffer += bytes
    }

    /// The next whole line, or nil when more of the stream is needed or nothing is left.
    mutating func next() -> Line? {
        if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            defer { (start, searched) = (end + 1, end + 1) }
            return line(buffer[start..<end])
        }
        searched = buffer.count
        if isEnded {
            isFinished = true
            guard start < buffer.count || isSkipping else { return nil }
            defer { start = buffer.count }
            return line(buffer[start...])
        }
        if searched - start > maximumLength {
            isSkipping = true
            start = searched
        }
        return nil
    }

    private mutating func line(_ bytes: ArraySlice<UInt8>) -> Line {
        number += 1
        let isTooLong = isSkipping || bytes.count > maximumLength
        isSkipping = false
        return Line(number: number, content: isTooLong ? .tooLong : .bytes(Array(bytes)))
    }
}
