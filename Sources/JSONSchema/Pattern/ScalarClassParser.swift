/// Reads a class of characters: what stands between `[` and `]`.
struct ScalarClassParser {
    let scalars: [Unicode.Scalar]
    var index: Int

    mutating func parse() throws(PatternError) -> ScalarSet {
        var set = ScalarSet([])
        let isInverted = take("^")
        while !take("]") {
            let first = try member()
            guard peek() == "-", index + 1 < scalars.count, scalars[index + 1] != "]",
                let lower = first.single
            else {
                set.formUnion(first)
                continue
            }
            index += 1
            let second = try member()
            guard let upper = second.single else {
                set.formUnion(first)
                set.formUnion(ScalarSet("-"))
                set.formUnion(second)
                continue
            }
            guard lower <= upper else { throw PatternError(.syntax, "a range of characters is out of order") }
            set.ranges.append(lower...upper)
        }
        return isInverted ? set.inverted : set
    }

    private mutating func member() throws(PatternError) -> ScalarSet {
        guard let scalar = peek() else { throw PatternError(.syntax, "'[' without ']'") }
        index += 1
        guard scalar == "\\" else { return ScalarSet(scalar) }
        var escape = ScalarEscapeParser(scalars: scalars, index: index, isInClass: true)
        let set = try escape.parse()
        index = escape.index
        return set
    }

    private func peek() -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        index += 1
        return true
    }
}

extension ScalarSet {
    /// The only character of the set; nil when there are several.
    fileprivate var single: UInt32? {
        guard !isInverted, properties.isEmpty, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}

/// Reads what follows a backslash.
struct ScalarEscapeParser {
    let scalars: [Unicode.Scalar]
    var index: Int
    var isInClass: Bool

    mutating func parse() throws(PatternError) -> ScalarSet {
        guard let scalar = next() else { throw PatternError(.syntax, "the expression ends with '\\'") }
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.inverted
        case "w": return .word
        case "W": return ScalarSet.word.inverted
        case "s": return .space
        case "S": return ScalarSet.space.inverted
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "v": return ScalarSet("\u{0B}")
        case "f": return ScalarSet("\u{0C}")
        case "0": return ScalarSet("\0")
        case "b" where isInClass: return ScalarSet("\u{08}")
        case "p", "P":
            let set = ScalarSet(try property())
            return scalar == "p" ? set : set.inverted
        case "x": return ScalarSet(try hexadecimal(digits: 2))
        case "u": return ScalarSet(try unicode())
        case "c": return ScalarSet(try control())
        case "1"..."9", "k":
            throw PatternError(.unsupported, "back-references are not supported")
        case "a"..."z", "A"..."Z":
            throw PatternError(.syntax, "'\\\(scalar)' is no escape")
        default: return ScalarSet(scalar)
        }
    }

    private mutating func property() throws(PatternError) -> ScalarProperty {
        guard next() == "{", let end = scalars[index...].firstIndex(of: "}") else {
            throw PatternError(.syntax, "'\\p' needs a name in braces")
        }
        let name = String(String.UnicodeScalarView(scalars[index..<end]))
        index = end + 1
        guard let property = ScalarProperty(name: name) else {
            throw PatternError(.unsupported, "the character property '\(name)' is not supported")
        }
        return property
    }

    private mutating func control() throws(PatternError) -> Unicode.Scalar {
        guard let letter = next(), letter.isASCII, letter.properties.isAlphabetic,
            let scalar = Unicode.Scalar(letter.value % 32)
        else { throw PatternError(.syntax, "'\\c' needs a letter") }
        return scalar
    }

    private mutating func unicode() throws(PatternError) -> Unicode.Scalar {
        if index < scalars.count, scalars[index] == "{" {
            index += 1
            guard let end = scalars[index...].firstIndex(of: "}"), end - index <= 6 else {
                throw PatternError(.syntax, "'\\u{' needs up to six digits and '}'")
            }
            let scalar = try hexadecimal(digits: end - index)
            index += 1
            return scalar
        }
        let first = try unit(digits: 4)
        guard (0xD800..<0xDC00).contains(first) else { return try scalar(first) }
        guard next() == "\\", next() == "u" else { throw PatternError(.syntax, "half of a surrogate pair") }
        let second = try unit(digits: 4)
        guard (0xDC00..<0xE000).contains(second) else { throw PatternError(.syntax, "half of a surrogate pair") }
        return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func hexadecimal(digits: Int) throws(PatternError) -> Unicode.Scalar {
        try scalar(try unit(digits: digits))
    }

    private mutating func unit(digits: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = next().flatMap({ Character($0).hexDigitValue }) else {
                throw PatternError(.syntax, "a hexadecimal escape needs \(digits) digits")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private func scalar(_ value: UInt32) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else {
            throw PatternError(.syntax, "a hexadecimal escape names no character")
        }
        return scalar
    }

    private mutating func next() -> Unicode.Scalar? {
        guard index < scalars.count else { return nil }
        index += 1
        return scalars[index - 1]
    }
}
