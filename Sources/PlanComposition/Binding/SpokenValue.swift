import SkillCatalog

/// One value of a step's words, or a list of values, with the words around it.
struct SpokenValue: Sendable, Hashable {
    /// What the value is.
    enum Kind: Sendable, Hashable {
        case quoted, code, name
        case url, path, emailAddress, phoneNumber
        case number(Double, Literal.NumberUnit)
        case date(CalendarDate)
        case time(ClockTime)
        /// The name as it is written.
        case language(String)
        /// The ISO 4217 code.
        case currency(String)
    }

    /// One element: what it is, and how it is written.
    struct Element: Sendable, Hashable {
        var kind: Kind
        var text: String
    }

    /// More than one for a list such as "'A', 'B' and 'C'".
    var elements: [Element]
    /// Stems of the words before it, nearest first, back to the value before.
    var before: [String] = []
    /// Stems of the words behind it, up to the next value or mark.
    var after: [String] = []
    /// The unit behind a number: "5 *pounds*".
    var unit: MeasuringUnit?
    /// Stem of the things a number counts: "the last three *commits*".
    var counted: String?
    /// Place of its first word among the step's words.
    var position = 0

    var kind: Kind { elements.first?.kind ?? .quoted }
}
