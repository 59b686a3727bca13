/// Finds the spans of a request whose inside is data rather than instruction, so that nothing in them is a boundary.
///
/// Quotes of all kinds, code, balanced brackets, URLs and e-mail addresses. A mark without its partner protects
/// nothing. The time is linear in the length of the request: the nearest closing mark of each kind is remembered.
struct ProtectedSpans {
    /// Longest bracket that is taken for an aside; a longer one is text like any other.
    private static let longestAside = 1_000

    private let bytes: [UInt8]
    /// For each closing mark, the first place at or after the last search where it stands; `bytes.count` when nowhere.
    private var nextClosing: [Closing: Int] = [:]
    private var nextBlankLine = -1
    /// Up to here no address begins: a longer search has shown it.
    private var addressFreeEnd = 0

    private enum Closing: Hashable {
        case mark(UInt8)
        case sequence([UInt8])
        case apostrophe
    }

    /// Disjoint spans in the order of the request.
    static func find(in bytes: [UInt8]) -> [Range<Int>] {
        var finder = ProtectedSpans(bytes: bytes)
        return finder.withBrackets(finder.quotesAndAddresses())
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func quotesAndAddresses() -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            if let span = quote(at: index) ?? address(at: index) {
                spans.append(span)
                index = span.upperBound
            } else {
                index += 1
            }
        }
        return spans
    }
}

// MARK: - Quotes

extension ProtectedSpans {
    private mutating func quote(at index: Int) -> Range<Int>? {
        switch bytes[index] {
        case UInt8(ascii: "\""):
            return closed(from: index, opening: 1, by: .mark(UInt8(ascii: "\"")))
        case UInt8(ascii: "`"):
            let fence = [UInt8](repeating: UInt8(ascii: "`"), count: 3)
            if bytes[index...].starts(with: fence) {
                return closed(from: index, opening: 3, by: .sequence(fence), acrossBlankLines: true)
            }
            return closed(from: index, opening: 1, by: .mark(UInt8(ascii: "`")))
        case UInt8(ascii: "'"):
            guard startsWord(at: index) else { return nil }
            return closed(from: index, opening: 1, by: .apostrophe)
        case 0xC2 where follows(index, [0xC2, 0xAB]):
            return closed(from: index, opening: 2, by: .sequence([0xC2, 0xBB]))
        case 0xE2 where follows(index, [0xE2, 0x80, 0x9C]) || follows(index, [0xE2, 0x80, 0x9E]):
            return closed(from: index, opening: 3, by: .sequence([0xE2, 0x80, 0x9D]))
                ?? closed(from: index, opening: 3, by: .sequence([0xE2, 0x80, 0x9C]))
        case 0xE2 where follows(index, [0xE2, 0x80, 0x98]):
            return closed(from: index, opening: 3, by: .sequence([0xE2, 0x80, 0x99]))
        case 0xE3 where follows(index, [0xE3, 0x80, 0x8C]):
            return closed(from: index, opening: 3, by: .sequence([0xE3, 0x80, 0x8D]))
        default:
            return nil
        }
    }

    /// The span from an opening mark to its closing one, unless a blank line shows that the mark was never closed.
    private mutating func closed(
        from start: Int,
        opening: Int,
        by closing: Closing,
        acrossBlankLines: Bool = false
    ) -> Range<Int>? {
        let end = firstClosing(closing, from: start + opening)
        guard end < bytes.count, end > start + opening else { return nil }
        if !acrossBlankLines, firstBlankLine(from: start) < end { return nil }
        let length =
            if case .sequence(let sequence) = closing { sequence.count } else { 1 }
        return start..<(end + length)
    }

    private mutating func firstClosing(_ closing: Closing, from start: Int) -> Int {
        if let known = nextClosing[closing], known >= start { return known }
        var index = start
        while index < bytes.count, !closes(closing, at: index) { index += 1 }
        nextClosing[closing] = index
        return index
    }

    private func closes(_ closing: Closing, at index: Int) -> Bool {
        switch closing {
        case .mark(let byte):
            return bytes[index] == byte
        case .sequence(let sequence):
            return bytes[index] == sequence[0] && follows(index, sequence)
        case .apostrophe:
            // An apostrophe inside a word, or with a space before it, closes nothing.
            guard bytes[index] == UInt8(ascii: "'"), index > 0, !isSpace(bytes[index - 1]) else { return false }
            return index + 1 == bytes.count || !isWordByte(bytes[index + 1])
        }
    }

    private mutating func firstBlankLine(from start: Int) -> Int {
        if nextBlankLine >= start { return nextBlankLine }
        var index = start
        let newline = UInt8(ascii: "\n")
        while index + 1 < bytes.count, !(bytes[index] == newline && bytes[index + 1] == newline) { index += 1 }
        nextBlankLine = index + 1 < bytes.count ? index : bytes.count
        return nextBlankLine
    }
}

// MARK: - URLs and e-mail addresses

extension ProtectedSpans {
    private mutating func address(at index: Int) -> Range<Int>? {
        guard isWordByte(bytes[index]), startsWord(at: index) else { return nil }
        let isWeb = bytes[index] == UInt8(ascii: "w") && follows(index, Array("www.".utf8))
        guard isWeb || index >= addressFreeEnd else { return nil }
        var end = index
        var hasScheme = false
        var hasAt = false
        while end < bytes.count, isAddressByte(bytes[end]) {
            if bytes[end] == UInt8(ascii: "@"), end > index { hasAt = true }
            if bytes[end] == UInt8(ascii: ":"), follows(end, Array("://".utf8)) { hasScheme = true }
            end += 1
        }
        guard hasScheme || hasAt || isWeb else {
            addressFreeEnd = end
            return nil
        }
        while end > index, !isWordByte(bytes[end - 1]), bytes[end - 1] != UInt8(ascii: "/") { end -= 1 }
        return index..<end
    }

    private func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"): false
        default: true
        }
    }
}

// MARK: - Brackets

extension ProtectedSpans {
    /// Adds the outermost balanced brackets, which swallow the quotes inside them.
    private func withBrackets(_ quotes: [Range<Int>]) -> [Range<Int>] {
        var open: [Int] = []
        var brackets: [Range<Int>] = []
        var quote = quotes.makeIterator()
        var nextQuote = quote.next()
        var index = 0
        while index < bytes.count {
            if let span = nextQuote, index == span.lowerBound {
                index = span.upperBound
                nextQuote = quote.next()
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(index)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard let start = open.last, isPair(bytes[start], bytes[index]) else { break }
                open.removeLast()
                guard index - start <= Self.longestAside else { break }
                while let last = brackets.last, last.lowerBound > start { brackets.removeLast() }
                brackets.append(start..<(index + 1))
            default:
                break
            }
            index += 1
        }
        return merge(quotes, brackets)
    }

    private func isPair(_ open: UInt8, _ close: UInt8) -> Bool {
        // "(" and ")" are neighbours in ASCII; the other two pairs are two apart.
        close == open + (open == UInt8(ascii: "(") ? 1 : 2)
    }

    private func merge(_ quotes: [Range<Int>], _ brackets: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for span in (quotes + brackets).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound < last.upperBound { continue }
            merged.append(span)
        }
        return merged
    }
}

// MARK: - Bytes

extension ProtectedSpans {
    private func follows(_ index: Int, _ sequence: [UInt8]) -> Bool {
        index + sequence.count <= bytes.count && bytes[index..<(index + sequence.count)].elementsEqual(sequence)
    }

    /// Nothing that belongs to a word stands before the byte.
    private func startsWord(at index: Int) -> Bool { index == 0 || !isWordByte(bytes[index - 1]) }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), 0x80...:
            true
        default:
            false
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
}
