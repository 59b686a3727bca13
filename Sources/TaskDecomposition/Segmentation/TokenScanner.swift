/// Cuts a request into words, numbers, protected spans and marks.
///
/// One pass over the bytes; every token lies on scalar boundaries, and the tokens are in order and disjoint.
struct TokenScanner {
    private let bytes: [UInt8]
    private let protected: [Range<Int>]
    private let lexicon: Lexicon
    private var tokens: [Token] = []
    private var index = 0
    private var isAfterSpace = true
    private var isAfterLineBreak = false

    static func scan(_ bytes: [UInt8], lexicon: Lexicon = .english) -> [Token] {
        var scanner = TokenScanner(bytes: bytes, protected: ProtectedSpans.find(in: bytes), lexicon: lexicon)
        return scanner.scan()
    }

    private init(bytes: [UInt8], protected: [Range<Int>], lexicon: Lexicon) {
        self.bytes = bytes
        self.protected = protected
        self.lexicon = lexicon
    }

    private mutating func scan() -> [Token] {
        tokens.reserveCapacity(bytes.count / 5)
        var spans = protected.makeIterator()
        var next = spans.next()
        while index < bytes.count {
            if let span = next, index >= span.lowerBound {
                append(.protected, span)
                index = span.upperBound
                next = spans.next()
                continue
            }
            let (scalar, length) = bytes.scalar(at: index)
            if scalar.isBlank {
                isAfterSpace = true
                if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" {
                    isAfterLineBreak = true
                }
                index += length
            } else if scalar.isIdeographic {
                appendRun { $0.isIdeographic }
            } else if scalar.isWordPart {
                appendWord(limit: next?.lowerBound ?? bytes.count)
            } else if scalar == "&", isAfterSpace, index + 1 < bytes.count, bytes[index + 1] == 0x20 {
                append(.word, index..<(index + 1), word: "and")
                index += 1
            } else {
                append(.punctuation(scalar), index..<(index + length))
                index += length
            }
        }
        return tokens
    }

    private mutating func append(_ kind: Token.Kind, _ span: Range<Int>, word: String = "", isCapitalized: Bool = false)
    {
        tokens.append(
            Token(
                kind: kind,
                span: span,
                word: word,
                classes: word.isEmpty ? [] : lexicon.classes(of: word),
                verbForm: word.isEmpty ? nil : Inflection.verbForm(of: word, in: lexicon),
                isAfterSpace: isAfterSpace,
                isAfterLineBreak: isAfterLineBreak,
                isCapitalized: isCapitalized,
                endsInFullStop: kind == .protected && span.count > 2
                    && Self.fullStops.contains(bytes[span.upperBound - 2])
            )
        )
        isAfterSpace = false
        isAfterLineBreak = false
    }

    private mutating func appendRun(while belongs: (Unicode.Scalar) -> Bool) {
        let start = index
        while index < bytes.count {
            let (scalar, length) = bytes.scalar(at: index)
            guard belongs(scalar) else { break }
            index += length
        }
        append(.ideographs, start..<index)
    }

    /// A run of word characters with single marks inside: `don't`, `well-known`, `note.txt`, `3.5`, `10:30`, `a/b`.
    private mutating func appendWord(limit: Int) {
        let start = index
        var letters = false
        var digits = false
        var inner = false
        while index < limit {
            let (scalar, length) = bytes.scalar(at: index)
            if scalar.isIdeographic { break }
            if scalar.isASCIIDigit {
                digits = true
            } else if scalar.isWordPart {
                letters = true
                if scalar == "_" { inner = true }
            } else if joins(scalar, at: index, length: length, limit: limit) {
                if !Self.wordMarks.contains(scalar) { inner = true }
            } else {
                break
            }
            index += length
        }
        let span = start..<index
        let first = bytes.scalar(at: start).scalar
        if inner || (letters && digits && !first.isASCIIDigit) {
            append(.identifier, span, word: abbreviation(span, hasDigits: digits), isCapitalized: first.isCapital)
        } else if digits {
            append(.number, span)
        } else {
            append(.word, span, word: bytes.lowercasedWord(span), isCapitalized: first.isCapital)
        }
    }

    private static let fullStops = Array(".!?".utf8)
    private static let wordMarks: [Unicode.Scalar] = ["'", "\u{2019}", "-", "\u{2011}"]

    /// A mark between two word characters that does not end the word.
    private func joins(_ scalar: Unicode.Scalar, at index: Int, length: Int, limit: Int) -> Bool {
        guard index + length < limit else { return false }
        let (next, _) = bytes.scalar(at: index + length)
        switch scalar {
        case "'", "\u{2019}", "-", "\u{2011}", ".", "/", "\\", "@", "&", "+", "#", "%", "=", "~", "*":
            return next.isWordPart && !next.isIdeographic
        case ",":
            return next.isASCIIDigit && index > 0 && bytes[index - 1].isASCIIDigit
        case ":":
            return next.isWordPart || next == "\\" || next == "/"
        default:
            return false
        }
    }

    /// `U.S`, `e.g` and `a.m` have dots inside and are words all the same.
    private func abbreviation(_ span: Range<Int>, hasDigits: Bool) -> String {
        guard span.count <= 7, !hasDigits, bytes[span].contains(UInt8(ascii: ".")) else { return "" }
        return bytes.lowercasedWord(span)
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { 0x30...0x39 ~= self }
}

extension Unicode.Scalar {
    fileprivate var isCapital: Bool { 0x41...0x5A ~= value || (value > 0x7F && properties.isUppercase) }
}

extension [UInt8] {
    /// Decodes the scalar that begins at an offset; the bytes come from a `String` and so are well formed.
    func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let lead = self[index]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        var value = UInt32(lead) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
        for offset in 1..<length where index + offset < count {
            value = value << 6 | UInt32(self[index + offset] & 0x3F)
        }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// The word in lower case; a typographic apostrophe becomes a plain one.
    func lowercasedWord(_ span: Range<Int>) -> String {
        var isASCII = true
        for byte in self[span] where byte >= 0x80 { isASCII = false }
        if isASCII {
            return String(unsafeUninitializedCapacity: span.count) { buffer in
                for (offset, byte) in self[span].enumerated() {
                    buffer[offset] = 0x41...0x5A ~= byte ? byte | 0x20 : byte
                }
                return span.count
            }
        }
        let word = String(decoding: self[span], as: UTF8.self).lowercased()
        return String(String.UnicodeScalarView(word.unicodeScalars.map { $0 == "\u{2019}" ? "'" : $0 }))
    }
}
