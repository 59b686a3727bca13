/// Text from skills and models on its way into a prompt or a message.
enum PromptText {
    /// A model's reply on its way back into the conversation, cut where it is absurdly long.
    static func reply(_ text: String) -> String {
        let limit = 8_192
        return text.utf8.count <= limit ? text : String(decoding: text.utf8.prefix(limit), as: UTF8.self)
    }

    /// A skill's name, in one line of at most 100 characters.
    static func skillName(_ text: String) -> String { singleLine(text, limit: 100) }

    /// A skill's description, in one line of at most 120 characters.
    static func skillDescription(_ text: String) -> String { singleLine(text, limit: 120) }

    /// One line of at most a number of characters; white space and control characters become single spaces.
    ///
    /// What a skill says about itself must not be able to open a paragraph of its own in a prompt.
    static func singleLine(_ text: String, limit: Int) -> String {
        var line = ""
        var length = 0
        var needsSpace = false
        // Ten times the limit is looked at, so that a megabyte of spaces costs nothing.
        for scalar in text.unicodeScalars.prefix(limit * 10) {
            if scalar.isBlank || scalar.properties.generalCategory == .control {
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
}

extension PromptText {
    /// The beginning of a text, cut between two characters.
    static func clipped(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, String.Index(end, within: text) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end]) + "…"
    }
}
