/// Whether steps are written in a language that whoever asked will understand: the request's, or English.
///
/// English is what most skills are described in, so steps in English find skills for a request in any language.
enum StepLanguage {
    /// Why steps are not to be used; nil where their language is fine.
    static func fault(in steps: [String], request: String) -> String? {
        let text = steps.joined(separator: "\n")
        let script = WritingSystem.prevailing(in: text)
        let expected = WritingSystem.prevailing(in: request)
        guard let script, script != .latin, let expected, script != expected else {
            guard script == .latin, expected == .latin else { return nil }
            return isForeign(text, request) ? reason : nil
        }
        return reason
    }

    private static let reason = "the model's steps are not in the language of the request"

    /// An English request answered in another language of the same script.
    private static func isForeign(_ text: String, _ request: String) -> Bool {
        let language = RequestLanguage.detect(FineSplit.tokens(of: request).tokens)
        return language == .english && RequestLanguage.detect(FineSplit.tokens(of: text).tokens) == .other
    }
}

/// The script most letters of a text are of.
enum WritingSystem: Hashable {
    case latin, greek, cyrillic, hebrew, arabic, indic, eastAsian, other

    /// Nil for a text without letters.
    static func prevailing(in text: String) -> WritingSystem? {
        var counts: [WritingSystem: Int] = [:]
        // A few thousand letters are enough to tell.
        for scalar in text.unicodeScalars.prefix(4_000) where scalar.properties.isAlphabetic {
            counts[WritingSystem(scalar), default: 0] += 1
        }
        return counts.max { $0.value < $1.value }?.key
    }

    private init(_ scalar: Unicode.Scalar) {
        self =
            switch scalar.value {
            case 0x41...0x24F, 0x1E00...0x1EFF: .latin
            case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
            case 0x400...0x52F: .cyrillic
            case 0x590...0x5FF: .hebrew
            case 0x600...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: .arabic
            case 0x900...0xDFF: .indic
            case 0x1100...0x11FF, 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .eastAsian
            default: .other
            }
    }
}
