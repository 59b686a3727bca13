/// Reads a text file line by line in bounded memory, whatever the size of the file or of its lines.
///
/// Lines end at a line feed; a carriage return before it and a byte order mark at the start of the file are dropped.
struct LineReader: ~Copyable {
    enum Line: Sendable, Hashable {
        /// A line without its ending.
        case text([UInt8])
        /// A line longer than the limit; its bytes were passed over.
        case tooLong
    }

    private let file: RegularFile
    private let limit: Int
    private var chunk: [UInt8]
    private var unread: Range<Int> = 0..<0
    /// Number of the line that was returned last, from 1.
    private(set) var lineNumber = 0
    private var bytesRead = 0

    /// - Parameters:
    ///   - limit: Longest line that is returned, in bytes.
    ///   - chunkSize: Bytes read from the file at once.
    init(_ file: consuming RegularFile, limit: Int, chunkSize: Int = 256 * 1024) {
        self.file = file
        self.limit = limit
        chunk = [UInt8](repeating: 0, count: chunkSize)
    }

    /// The next line; nil at the end of the file.
    mutating func next() throws(FileFault) -> Line? {
        var line: [UInt8] = []
        var hasStarted = false
        var isTooLong = false
        while true {
            if unread.isEmpty {
                unread = 0..<(try file.read(into: &chunk))
                bytesRead += unread.count
                if unread.isEmpty { return hasStarted ? finish(line, isTooLong: isTooLong) : nil }
            }
            hasStarted = true
            let end = chunk[unread].firstIndex(of: UInt8(ascii: "\n"))
            let piece = unread.lowerBound..<(end ?? unread.upperBound)
            // One byte more than the limit is kept, for the carriage return of a line that just fits.
            if line.count + piece.count > limit + 1 { isTooLong = true }
            if isTooLong { line = [] } else { line.append(contentsOf: chunk[piece]) }
            unread = min(piece.upperBound + (end == nil ? 0 : 1), unread.upperBound)..<unread.upperBound
            if end != nil { return finish(line, isTooLong: isTooLong) }
        }
    }

    /// Throws when the file is shorter now than what was read of it: somebody is writing it anew.
    func checkNotCut() throws(FileFault) { try file.checkSize(atLeast: bytesRead) }

    private mutating func finish(_ bytes: [UInt8], isTooLong: Bool) -> Line {
        lineNumber += 1
        if isTooLong { return .tooLong }
        var line = bytes
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if lineNumber == 1, line.starts(with: TextDecoding.byteOrderMark) { line.removeFirst(3) }
        return line.count > limit ? .tooLong : .text(line)
    }
}
