extension String {
    /// Columns this text takes on a terminal: two for East Asian wide characters and emoji, none for combining marks.
    package var displayWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// This text cut to a number of columns, with an ellipsis where something was cut.
    package func truncated(toColumns columns: Int) -> String {
        guard displayWidth > columns else { return self }
        guard columns > 0 else { return "" }
        var kept = ""
        var width = 0
        for character in self {
            guard width + character.displayWidth <= columns - 1 else { break }
            kept.append(character)
            width += character.displayWidth
        }
        return kept + "…"
    }

    /// This text with spaces after it up to a number of columns.
    package func padded(toColumns columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - displayWidth))
    }
}

extension Character {
    fileprivate var displayWidth: Int { unicodeScalars.map(\.displayWidth).max() ?? 0 }
}

extension Unicode.Scalar {
    /// After the classes of Unicode Standard Annex 11, simplified to blocks.
    fileprivate var displayWidth: Int {
        switch value {
        case 0x20..<0x7F: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        default: 1
        }
    }
}
