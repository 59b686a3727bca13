/// A word, a number, a protected span or a punctuation mark of a request.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Letters, possibly with apostrophes and hyphens inside; an ampersand between spaces is the word "and".
        case word
        /// Begins with a digit: amounts, dates, times, versions.
        case number
        /// Letters mixed with digits, dots, slashes or underscores: file names, paths, model numbers.
        case identifier
        /// Quoted text, code, a bracket, a URL or an e-mail address: never cut, never read.
        case protected
        /// A run of letters of a script without spaces.
        case ideographs
        /// A single mark.
        case punctuation(Unicode.Scalar)
    }

    package var kind: Kind
    /// Bytes of the request.
    package var span: Range<Int>
    /// The word in lower case, with straight apostrophes; empty for everything that is not a word.
    package var word: String
    /// What the lexicon says about the word.
    package var classes: WordClasses
    /// The inflected form of a verb the lexicon knows; nil for everything else.
    package var verbForm: VerbForm?
    /// White space, or the start of the request, stands before it.
    package var isAfterSpace: Bool
    /// A line break stands before it.
    package var isAfterLineBreak: Bool
    /// The first letter is a capital.
    package var isCapitalized: Bool
    /// A protected span whose last inner character ends a sentence: `'Click here.'`.
    package var endsInFullStop: Bool

    package var isPunctuation: Bool {
        if case .punctuation = kind { true } else { false }
    }

    package func isMark(_ scalar: Unicode.Scalar) -> Bool { kind == .punctuation(scalar) }

    package func isAny(of classes: WordClasses) -> Bool { !self.classes.isDisjoint(with: classes) }
}

extension Token {
    /// Data rather than language: a quote, a number, an address, a file name.
    package var isLiteral: Bool { kind == .protected || kind == .number || kind == .identifier }
}
