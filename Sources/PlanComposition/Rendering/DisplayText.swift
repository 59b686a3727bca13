/// Text made safe and measured for a terminal or a drawing.
enum DisplayText {
    /// The text on one line: controls, line breaks and invisible direction marks become single spaces.
    ///
    /// Escape sequences would let a skill's description move the cursor, and direction marks would let it lie.
    static func line(_ text: String) -> String {
        var line = ""
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                pendingSpace = !line.isEmpty
            } else {
                if pendingSpace { line += " " }
                pendingSpace = false
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned: return true
        // Joiners hold emoji and some scripts together; other format characters only hide things.
        case .format: return scalar.value != 0x200D && scalar.value != 0x200C
        default: return false
        }
    }

    /// Columns a terminal uses for the text: two for CJK and emoji, none for combining marks.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    static func width(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.contains(where: { $0.value == 0xFE0F || $0.properties.isEmojiPresentation }) { return 2 }
        if wideRanges.contains(where: { $0.contains(first.value) }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return 1
        }
    }

    /// Wide and full-width blocks of Unicode's East Asian Width, joined where only rare gaps lie between.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
        0x20000...0x3FFFD,
    ]

    /// The text cut to a width, with … at its end when something is missing.
    static func cut(_ text: String, to width: Int) -> String {
        guard self.width(text) > width else { return text }
        guard width > 0 else { return "" }
        var result = ""
        var used = 1
        for character in text {
            used += self.width(character)
            if used > width { break }
            result.append(character)
        }
        while result.last == " " { result.removeLast() }
        return result + "…"
    }

    /// The text in lines of at most this width, broken at spaces where that is possible; the last line is cut when
    /// there would be more lines than allowed.
    static func wrap(_ text: String, to width: Int, lines limit: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in pieces(of: text, width: width) {
            let joined = current.isEmpty ? word : current + " " + word
            if self.width(joined) <= width {
                current = joined
            } else {
                lines.append(current)
                current = word
            }
        }
        if !current.isEmpty { lines.append(current) }
        guard lines.count > limit else { return lines.isEmpty ? [""] : lines }
        // One more word than fits makes the cut visible.
        let last = lines[limit - 1] + " " + lines[limit]
        return lines[..<(limit - 1)] + [cut(self.width(last) > width ? last : last + "…", to: width)]
    }

    /// Words; those wider than a line in pieces, as CJK text without spaces is.
    private static func pieces(of text: String, width: Int) -> [String] {
        text.split(separator: " ").flatMap { word -> [String] in
            var pieces: [String] = []
            var piece = ""
            var used = 0
            for character in word {
                let own = self.width(character)
                if used + own > max(width, 2) {
                    pieces.append(piece)
                    piece = ""
                    used = 0
                }
                piece.append(character)
                used += own
            }
            return pieces + [piece]
        }
    }

    /// The text filled with spaces to a width.
    static func pad(_ text: String, to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - self.width(text)))
        return right ? space + text : text + space
    }
}
