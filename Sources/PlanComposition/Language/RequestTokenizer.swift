import SkillCatalog

/// Cuts a request into words, literals and marks, in one pass over its bytes.
struct RequestTokenizer {
    private let bytes: [UInt8]
    private var position = 0
    private var sentence = 0
    private var tokens: [RequestToken] = []

    /// All tokens of a text, in order.
    static func tokens(of text: String) -> [RequestToken] {
        var tokenizer = RequestTokenizer(bytes: Array(text.utf8))
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x0A, 0x0D:
                endSentence()
                position += 1
            case 0x09, 0x20: position += 1
            case _ where quoted(): break
            case _ where isMark(byte) && !startsPath: mark(byte)
            case _ where startsChunk(byte): chunk()
            default: position += 1
            }
        }
    }

    private mutating func endSentence() {
        if tokens.last?.sentence == sentence { sentence += 1 }
    }

    private mutating func mark(_ byte: UInt8) {
        append(.mark(Character(Unicode.Scalar(byte))), position..<position + 1)
        position += 1
        switch byte {
        case UInt8(ascii: ";"): endSentence()
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            if position == bytes.count || isSpace(bytes[position]) { endSentence() }
        default: break
        }
    }

    // MARK: - Quotes

    private static let quotes: [(open: [UInt8], close: [UInt8])] = [
        (Array("\"".utf8), Array("\"".utf8)), (Array("'".utf8), Array("'".utf8)), (Array("`".utf8), Array("`".utf8)),
        (Array("“".utf8), Array("”".utf8)), (Array("‘".utf8), Array("’".utf8)), (Array("«".utf8), Array("»".utf8)),
        (Array("「".utf8), Array("」".utf8)),
    ]
    private static let longestQuote = 2_000
    /// So many quotes may open and never close before quotes are read as noise: it bounds the work on hostile text.
    private static let maximumOpenQuotes = 200
    private var openQuotes = 0

    /// Takes a quoted literal at this place; false when none starts here.
    ///
    /// An apostrophe inside a word opens nothing, and one followed by a letter closes nothing: `'I don't know'`.
    private mutating func quoted() -> Bool {
        guard openQuotes < Self.maximumOpenQuotes else { return false }
        if position > 0, isWordByte(bytes[position - 1]) { return false }
        for quote in Self.quotes where bytes[position...].starts(with: quote.open) {
            let start = position + quote.open.count
            var end = start
            let limit = min(bytes.count, start + Self.longestQuote)
            while end + quote.close.count <= limit {
                if bytes[end...].starts(with: quote.close) {
                    let next = end + quote.close.count
                    if end > start, next == bytes.count || !isWordByte(bytes[next]) {
                        append(.literal(.quoted), start..<end)
                        position = next
                        return true
                    }
                }
                end += 1
            }
            openQuotes += 1
        }
        return false
    }

    // MARK: - Words and bare literals

    private mutating func chunk() {
        let start = position
        while position < bytes.count, !endsChunk(at: position) { position += 1 }
        var end = position
        while end > start + 1, ".:'?".utf8.contains(bytes[end - 1]) {
            end -= 1
        }
        position = end
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        if let literal = LiteralReader.read(text) {
            append(.literal(literal), start..<end)
        } else {
            words(start..<end)
        }
    }

    private func endsChunk(at index: Int) -> Bool {
        let byte = bytes[index]
        if byte == UInt8(ascii: ",") {
            // The comma of `1,000` belongs to the number.
            return !(index > 0 && index + 1 < bytes.count && isDigit(bytes[index - 1]) && isDigit(bytes[index + 1]))
        }
        return byte <= 0x20
            || (isMark(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: ":")
                && byte != UInt8(ascii: "?"))
            || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`")
    }

    private static let apostrophe = Array("’".utf8)

    /// Words joined by underscores or slashes are several; a hyphen and an inner apostrophe join one.
    private mutating func words(_ range: Range<Int>) {
        var start = range.lowerBound
        while start < range.upperBound {
            guard isWordByte(bytes[start]) else {
                start += 1
                continue
            }
            var end = start
            while end < range.upperBound, isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: "-"),
                !bytes[end...].starts(with: Self.apostrophe)
            {
                end += 1
            }
            if end == start {
                start += 1
                continue
            }
            append(.word, start..<end)
            // The rest of "don't" says nothing to us, that of "item's" whose something is.
            if end < range.upperBound, bytes[end] == UInt8(ascii: "'") || bytes[end...].starts(with: Self.apostrophe) {
                tokens[tokens.count - 1].isPossessive = bytes[range.upperBound - 1] == UInt8(ascii: "s")
                while end < range.upperBound, bytes[end] != UInt8(ascii: "/") { end += 1 }
            }
            start = end
        }
    }

    private mutating func append(_ kind: RequestToken.Kind, _ range: Range<Int>) {
        let original = String(decoding: bytes[range], as: UTF8.self)
        guard kind == .word else {
            tokens.append(
                RequestToken(
                    kind: kind,
                    text: original,
                    written: original,
                    stem: "",
                    range: range,
                    sentence: sentence
                )
            )
            return
        }
        let text = original.lowercased()
        let startsSentence = tokens.last?.sentence != sentence
        let isName = !startsSentence && original.first?.isUppercase == true
        tokens.append(
            RequestToken(
                kind: .word,
                text: text,
                written: original,
                stem: WordStem.of(text),
                range: range,
                sentence: sentence,
                isProperName: isName
            )
        )
    }

    // MARK: - Bytes

    private func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private func isMark(_ byte: UInt8) -> Bool { ",;:.!?()[]".utf8.contains(byte) }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// `./data` and `../data` start with a mark that is none.
    private var startsPath: Bool {
        bytes[position...].starts(with: "./".utf8) || bytes[position...].starts(with: "../".utf8)
    }

    private func startsChunk(_ byte: UInt8) -> Bool { isWordByte(byte) || "$~/+-_#@'.".utf8.contains(byte) }
}
