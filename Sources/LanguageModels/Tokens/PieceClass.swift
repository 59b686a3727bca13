/// What kind of scalar stands at a place of a text, and where it ends.
struct PieceClass {
    enum Kind {
        /// General category L.
        case letter
        /// General category N.
        case number
        /// Carriage return or line feed.
        case lineBreak
        /// White space that does not break lines, as far as the pattern is concerned.
        case space
        /// Everything else: punctuation, symbols, marks, controls.
        case sign
    }

    let kind: Kind
    let end: Int

    /// Classifies the scalar that starts at an index of valid UTF-8.
    @inline(__always)
    static func of(_ text: Span<UInt8>, at index: Int) -> PieceClass {
        let byte = text[index]
        if byte < 0x80 { return PieceClass(kind: ascii(byte), end: index + 1) }
        return beyondASCII(text, at: index, byte)
    }

    private static func ascii(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A: .letter
        case 0x30...0x39: .number
        case 0x0A, 0x0D: .lineBreak
        case 0x20, 0x09, 0x0B, 0x0C: .space
        default: .sign
        }
    }

    private static func beyondASCII(_ text: Span<UInt8>, at index: Int, _ lead: UInt8) -> PieceClass {
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
        return PieceClass(kind: kind(of: value), end: index + length)
    }

    private static func kind(of value: UInt32) -> Kind {
        switch value {
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: return .letter
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else { return .sign }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return isKnown(scalar) ? .letter : .sign
        case .decimalNumber, .letterNumber, .otherNumber:
            return isKnown(scalar) ? .number : .sign
        default:
            return scalar.properties.isWhitespace ? .space : .sign
        }
    }

    /// Whether the reference knows a scalar: tiktoken 0.14 has the categories of Unicode 16.
    ///
    /// The standard library moves on with every toolchain; without this the counts would move with it.
    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { $0.major <= 16 } ?? false
    }
}
