/// Which rules a request is read by.
package enum RequestLanguage: String, Sendable, Hashable {
    /// Full grammar cues.
    case english
    /// Any other language: only punctuation and a few words for "then" are trusted.
    case other

    /// Weighs words that only English has against those of other languages and against other scripts.
    ///
    /// English gets the doubt: a foreign name in a short request must not hide its verbs.
    static func detect(_ tokens: [Token]) -> RequestLanguage {
        var english = 0
        var other = 0
        var hasAccents = false
        for token in tokens {
            switch token.kind {
            case .ideographs:
                other += token.span.count / 3
            case .word:
                if token.classes.contains(.englishOnly) { english += 2 }
                if token.classes.contains(.verb) { english += 1 }
                let bytesBeyondASCII = token.word.utf8.count { $0 >= 0x80 }
                if bytesBeyondASCII > 0 { hasAccents = true }
                let isOtherScript = bytesBeyondASCII * 2 > token.word.utf8.count
                if isOtherScript || ForeignWords.common.contains(token.word) { other += 2 }
            default:
                break
            }
        }
        if other >= 4 { return other > english ? .other : .english }
        return other > 0 && english == 0 && hasAccents ? .other : .english
    }
}
