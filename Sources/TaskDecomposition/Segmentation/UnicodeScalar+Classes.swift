/// What the scanner needs to know about one scalar, without tables of its own for ASCII.
extension Unicode.Scalar {
    /// White space, or a character that shows nothing: controls, zero-width marks, byte-order marks.
    var isBlank: Bool {
        switch value {
        case 0...0x20, 0x7F...0xA0, 0x200B...0x200F, 0x2028...0x202F, 0x2060...0x2064, 0xFE0E...0xFE0F, 0xFEFF: true
        case 0..<0x1680: false
        default: properties.isWhitespace
        }
    }

    /// Part of a word: letters, marks and digits of any script, and the underscore.
    var isWordPart: Bool {
        switch value {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        case 0..<0xAA: false
        default: properties.isAlphabetic || properties.numericType != nil || isMark
        }
    }

    var isASCIIDigit: Bool { 0x30...0x39 ~= value }

    var isASCIILetter: Bool { 0x41...0x5A ~= value || 0x61...0x7A ~= value }

    /// A letter of a script that is written without spaces between its words.
    var isIdeographic: Bool {
        switch value {
        case 0x2E80...0x2FFF, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
        case 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x323AF, 0x0E00...0x0EFF, 0x1780...0x17FF: true
        default: false
        }
    }

    /// A small picture: people put them before items and at the end of sentences, where they ask for nothing.
    var isPictograph: Bool {
        switch value {
        case 0x2300...0x23FF, 0x25A0...0x27BF, 0x2B00...0x2BFF, 0x1F000...0x1FAFF: true
        default: false
        }
    }

    private var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
