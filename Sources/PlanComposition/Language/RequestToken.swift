import SkillCatalog

/// One word, literal or mark of a request.
struct RequestToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case word
        case literal(Literal)
        /// One of `, ; : . ! ? ( ) [ ]`.
        case mark(Character)
    }

    var kind: Kind
    /// A word in lower case, a literal without its quotes, a mark as it stands.
    var text: String
    /// A word as it is written; everything else as in `text`.
    var written: String
    /// Stem of a word; empty for everything else.
    var stem: String
    /// Bytes of the request's UTF-8.
    var range: Range<Int>
    /// Counted from 0; line breaks, semicolons and the ends of list items end a sentence too.
    var sentence: Int
    /// A word with a capital that does not owe it to the start of a sentence.
    var isProperName = false
    /// A word with `'s` behind it.
    var isPossessive = false

    var isWord: Bool { kind == .word }

    var literal: Literal? {
        if case .literal(let literal) = kind { literal } else { nil }
    }

    var mark: Character? {
        if case .mark(let mark) = kind { mark } else { nil }
    }
}

/// A value that stands in the request as itself.
enum Literal: Sendable, Hashable {
    case quoted
    case url
    case emailAddress
    case path
    /// `2026-01-31`, with a time or without.
    case date
    /// `18:00`, `10:30am`.
    case time
    case phoneNumber
    case number(Double, NumberUnit)
    /// Letters and digits mixed, as in `CA1234`.
    case code

    enum NumberUnit: Sendable, Hashable {
        case none, percent, money
    }
}
