/// A normalised word under construction, in UTF-8.
///
/// It has room for the longest word that is looked up. A longer one becomes the unknown token whatever it contains, so
/// nothing beyond the room is kept and a word of megabytes costs no memory. Not copyable, so that its bytes are never
/// moved behind our backs between the scanner and the vocabulary.
struct WordBuffer: ~Copyable {
    /// The length in scalars above which BERT's WordPiece gives a word up.
    static let scalarLimit = 100
    /// A scalar takes four bytes at most.
    static let byteLimit = scalarLimit * 4

    private(set) var count = 0
    private(set) var isOverlong = false
    /// Where in the text the last scalar of the word begins, whether there was room for it or not.
    private(set) var lastOrigin = 0
    private var bytes = [UInt8](repeating: 0, count: byteLimit)
    /// For each byte, where in the text the scalar begins that it was made from.
    private var origins = [Int](repeating: 0, count: byteLimit)
    private var scalarCount = 0
    /// Where the current run of reordered scalars may begin at the earliest.
    private var reorderingStart = 0

    var isEmpty: Bool { count == 0 }

    subscript(index: Int) -> UInt8 { bytes[index] }

    /// Where in the text the scalar begins that a byte was made from.
    func origin(of index: Int) -> Int { origins[index] }

    /// The word as text: for tests and messages.
    var text: String {
        String(decoding: (0..<count).map { bytes[$0] }, as: UTF8.self)
    }

    mutating func removeAll() {
        count = 0
        scalarCount = 0
        reorderingStart = 0
        isOverlong = false
    }

    /// Appends an ASCII character that was made from the scalar at an offset of the text.
    mutating func append(ascii byte: UInt8, from origin: Int) {
        guard admitsScalar(from: origin) else { return }
        bytes[count] = byte
        origins[count] = origin
        count += 1
    }

    mutating func append(_ scalar: UInt32, from origin: Int) {
        insert(scalar, at: count, from: origin)
    }

    /// Inserts a scalar before the marks at the end of the word whose combining class is higher (canonical ordering).
    mutating func appendReordered(_ scalar: UInt32, from origin: Int) {
        let combiningClass = UnicodeTables.keptCombiningClass(scalar)
        var position = count
        while position > reorderingStart {
            var start = position - 1
            while Self.isContinuation(bytes[start]) { start -= 1 }
            guard UnicodeTables.keptCombiningClass(decodedScalar(at: start)) > combiningClass else { break }
            position = start
        }
        insert(scalar, at: position, from: origin)
    }

    /// Keeps later marks behind everything appended so far, as a dropped scalar of combining class zero does.
    mutating func endReordering() {
        reorderingStart = count
    }

    /// Whether a byte is inside a scalar, not its first.
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    private mutating func admitsScalar(from origin: Int) -> Bool {
        lastOrigin = origin
        if scalarCount == Self.scalarLimit {
            isOverlong = true
            return false
        }
        scalarCount += 1
        return true
    }

    private mutating func insert(_ scalar: UInt32, at position: Int, from origin: Int) {
        guard admitsScalar(from: origin) else { return }
        let width = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
        var index = count
        while index > position {
            index -= 1
            bytes[index + width] = bytes[index]
            origins[index + width] = origins[index]
        }
        for offset in 0..<width { origins[position + offset] = origin }
        count += width
        if width == 1 {
            bytes[position] = UInt8(truncatingIfNeeded: scalar)
            return
        }
        var rest = scalar
        for offset in stride(from: width - 1, to: 0, by: -1) {
            bytes[position + offset] = 0x80 | UInt8(truncatingIfNeeded: rest & 0x3F)
            rest >>= 6
        }
        let marker: UInt8 = width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0
        bytes[position] = marker | UInt8(truncatingIfNeeded: rest)
    }

    private func decodedScalar(at start: Int) -> UInt32 {
        let first = UInt32(bytes[start])
        if first < 0x80 { return first }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = first & (0x7F >> UInt32(width))
        for offset in 1..<width {
            scalar = scalar << 6 | UInt32(bytes[start + offset] & 0x3F)
        }
        return scalar
    }
}
