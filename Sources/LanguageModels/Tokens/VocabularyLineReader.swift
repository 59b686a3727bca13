/// Reads the lines of a vocabulary file: a token in base64, a space and its rank.
struct VocabularyLineReader {
    /// Number of the line that was read last, from 1.
    private(set) var line = 0
    /// The bytes of its token.
    private(set) var token: [UInt8] = []
    private(set) var rank = 0

    private var position = 0

    /// Reads the next line that is not empty; false at the end of the text.
    mutating func readLine(in text: Span<UInt8>) throws(BytePairVocabularyError) -> Bool {
        while position < text.count {
            line += 1
            if takeLineEnd(in: text) { continue }
            guard readToken(in: text), readRank(in: text), position == text.count || takeLineEnd(in: text) else {
                throw BytePairVocabularyError(.malformedLine(line))
            }
            return true
        }
        return false
    }

    private mutating func takeLineEnd(in text: Span<UInt8>) -> Bool {
        var end = position
        if text[end] == UInt8(ascii: "\r"), end + 1 < text.count { end += 1 }
        guard text[end] == UInt8(ascii: "\n") else { return false }
        position = end + 1
        return true
    }

    /// Reads groups of four digits up to the space after them.
    private mutating func readToken(in text: Span<UInt8>) -> Bool {
        token.removeAll(keepingCapacity: true)
        while position + 4 < text.count {
            var bits: UInt32 = 0
            for offset in 0..<4 { bits = bits << 8 | UInt32(Self.digits[Int(text[position + offset])]) }
            guard let padding = Self.paddingCount(bits) else { return false }
            let value = bits & 0x3F | bits >> 2 & 0xFC0 | bits >> 4 & 0x3F000 | bits >> 6 & 0xFC0000
            token.append(UInt8(truncatingIfNeeded: value >> 16))
            if padding < 2 { token.append(UInt8(truncatingIfNeeded: value >> 8)) }
            if padding < 1 { token.append(UInt8(truncatingIfNeeded: value)) }
            position += 4
            if text[position] == UInt8(ascii: " ") {
                position += 1
                return true
            }
            if padding > 0 { return false }
        }
        return false
    }

    private mutating func readRank(in text: Span<UInt8>) -> Bool {
        let start = position
        rank = 0
        while position < text.count, position - start < 9, (0x30...0x39).contains(text[position]) {
            rank = rank * 10 + Int(text[position] - 0x30)
            position += 1
        }
        return position > start
    }

    /// The value of each base64 digit, below 0x40; the padding sign is 0x40, every other byte 0xFF.
    private static let digits: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        values[Int(UInt8(ascii: "="))] = 0x40
        return values
    }()

    /// How many of four digits, one a byte, are padding at the end; nil where something else is wrong.
    private static func paddingCount(_ digits: UInt32) -> Int? {
        switch digits & 0xC0C0_C0C0 {
        case 0: 0
        case 0x0000_0040: 1
        case 0x0000_4040: 2
        default: nil
        }
    }
}
