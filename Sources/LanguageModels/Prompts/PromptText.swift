/// Text from skills and models on its way into a prompt or a message.
package enum PromptText {
    /// A model's reply on its way back into the conversation, cut where it is absurdly long.
    package static func reply(_ text: String) -> String { clipped(text, bytes: 8_192) }

    /// A skill's name, in one line of at most 100 characters.
    package static func skillName(_ text: String) -> String { singleLine(text, limit: 100) }

    /// A skill's description, in one line of at most 120 characters.
    package static func skillDescription(_ text: String) -> String { singleLine(text, limit: 120) }

    /// One line of at most a number of characters; white space and control characters become single spaces.
    ///
    /// What a skill says about itself must not be able to open a paragraph of its own in a prompt.
    package static func singleLine(_ text: String, limit: Int) -> String {
        var line = ""
        var length = 0
        var needsSpace = false
        // Ten times the limit is looked at, so that a megabyte of spaces costs nothing.
        for scalar in text.unicodeScalars.prefix(limit * 10) {
            if scalar.showsNothing {
                needsSpace = length > 0
                continue
            }
            if length + (needsSpace ? 2 : 1) > limit {
                line += "…"
                break
            }
            if needsSpace {
                line += " "
                length += 1
                needsSpace = false
            }
            line.unicodeScalars.append(scalar)
            length += 1
        }
        return line
    }

    /// The beginning of a text, cut between two characters.
    package static func clipped(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, String.Index(end, within: text) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end]) + "…"
    }
}

extension Unicode.Scalar {
    /// White space, controls, and marks that steer how text is laid out.
    fileprivate var showsNothing: Bool {
        switch value {
        case 0...0x20, 0x7F...0xA0, 0x200B...0x200F, 0x2028...0x202F, 0x2060...0x2064, 0xFEFF: true
        case 0..<0x1680: false
        default: properties.isWhitespace || properties.generalCategory == .control
        }
    }
}
