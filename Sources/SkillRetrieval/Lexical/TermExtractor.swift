/// Cuts text, and identifiers such as `getHTTPStatus` or `git_commit`, into lower-case terms.
package struct TermExtractor: Sendable, Hashable {
    package static let standard = TermExtractor()
    /// How libraries and queries are read.
    package static let indexing = TermExtractor(stems: true)

    /// Whether terms are reduced to their stems.
    package let stems: Bool
    /// Whether English function words are left out.
    package let dropsStopWords: Bool

    package init(stems: Bool = false, dropsStopWords: Bool = true) {
        self.stems = stems
        self.dropsStopWords = dropsStopWords
    }

    /// The terms in the order of the text.
    ///
    /// A term is a run of letters and digits, cut where a lower-case letter or a digit is followed by a capital
    /// (`git|Commit`), and before the last capital of a row of them that a lower-case letter follows (`HTTP|Status`),
    /// unless that is the `s` of a plural (`PDFs`). An ideograph is a term of its own.
    package func terms(in text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var terms: [String] = []
        var current: [Unicode.Scalar] = []
        for (position, scalar) in scalars.enumerated() {
            guard Self.isWordScalar(scalar) else {
                // An apostrophe stays out of the term without ending it: `user's` is one word, `users`.
                if scalar != "'" && scalar != "\u{2019}" { finish(&current, into: &terms) }
                continue
            }
            if let previous = current.last, Self.isCut(after: previous, before: scalars[position...]) {
                finish(&current, into: &terms)
            }
            current.append(scalar)
        }
        finish(&current, into: &terms)
        return terms
    }

    /// Whether a new term starts between a scalar of a word and the next one, which begins the rest of the text.
    private static func isCut(after previous: Unicode.Scalar, before rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let scalar = rest.first else { return false }
        if scalar.properties.isIdeographic || previous.properties.isIdeographic { return true }
        guard scalar.properties.isUppercase else { return false }
        guard previous.properties.isUppercase else { return true }
        let following = rest.dropFirst()
        guard let next = following.first, next.properties.isLowercase else { return false }
        let isPlural = next == "s" && !(following.dropFirst().first.map(isWordScalar) ?? false)
        return !isPlural
    }

    private func finish(_ scalars: inout [Unicode.Scalar], into terms: inout [String]) {
        guard !scalars.isEmpty else { return }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        scalars.removeAll(keepingCapacity: true)
        let term = text.lowercased()
        if dropsStopWords, StopWords.english.contains(term) { return }
        terms.append(stems ? PorterStemmer.stem(term) : term)
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": true
            default: false
            }
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            return true
        default: return false
        }
    }
}
