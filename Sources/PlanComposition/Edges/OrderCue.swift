/// What the words before a step say about its place among the others.
struct OrderCue: Sendable, Hashable {
    enum Relation: Sendable, Hashable {
        /// After what came before: "then", "after that".
        case after
        /// The last of all: "finally".
        case last
        /// Beside what came before: "also", "in parallel".
        case beside
        /// The step before this one, in the text, waits for it: "… once Y is done", "… after doing Y".
        case precedesPrevious
        /// The next step, in the text, comes first: "before doing X, do Y".
        case followsNext
        /// The next step, in the text, waits for this one: "after doing X, do Y".
        case leadsNext
        /// Nothing is said.
        case none
    }

    var relation: Relation
    /// The words that say it.
    var words: String

    /// Reads the words before a step.
    ///
    /// - Parameter lead: the words between the two steps, with those that only open this one.
    /// - Parameter trail: the words behind it; "A, B in parallel, and C" speaks of B.
    init(lead: [RequestToken], trail: [RequestToken], isFirst: Bool) {
        let own = Self.ownPart(of: lead)
        if let phrase = Self.besidePhrases.first(where: { Self.contains(own, $0) || Self.trails(trail, $0) }) {
            self.init(.beside, phrase)
        } else if let phrase = Self.afterPhrases.first(where: { Self.contains(own, $0) }) {
            self.init(.after, phrase)
        } else if let phrase = Self.lastPhrases.first(where: { Self.contains(own, $0) }) {
            self.init(.last, phrase)
        } else if let place = lead.lastIndex(where: { Self.subordinators.contains($0.text) }),
            lead.count - place <= 4, lead[place...].allSatisfy({ $0.mark == nil })
        {
            let word = lead[place].text
            let opensSentence = lead[..<place].allSatisfy { $0.mark != nil } && (isFirst || place > 0)
            if word == "before" {
                // "A before B" keeps the order of the text; "Before A, B" turns it round.
                self.init(opensSentence ? .followsNext : .after, [word])
            } else {
                self.init(opensSentence ? .leadsNext : .precedesPrevious, [word])
            }
        } else {
            self.init(.none, [])
        }
    }

    /// The words before a step are a clause such as "once the inspection is scheduled,".
    static func isSubordinate(_ lead: [RequestToken]) -> Bool {
        lead.first { $0.mark == nil }.map { StepReading.subordinators.contains($0.text) } ?? false
    }

    private init(_ relation: Relation, _ words: [String]) {
        self.relation = relation
        self.words = words.joined(separator: " ")
    }

    /// The words that speak of this step: in "… in parallel, and then" the part behind the comma.
    private static func ownPart(of lead: [RequestToken]) -> [String] {
        let texts = lead.map(\.text)
        guard let comma = texts.firstIndex(of: ","), comma > 0, comma < texts.count - 1 else { return texts }
        let head = Array(texts[..<comma])
        return besidePhrases.contains { contains(head, $0) } ? Array(texts[comma...]) : texts
    }

    private static func contains(_ texts: [String], _ phrase: [String]) -> Bool {
        guard texts.count >= phrase.count else { return false }
        return (0...(texts.count - phrase.count)).contains { Array(texts[$0..<($0 + phrase.count)]) == phrase }
    }

    /// Behind a step only some of these words speak of it: "B in parallel", but "B, also C".
    private static func trails(_ tokens: [RequestToken], _ phrase: [String]) -> Bool {
        trailingPhrases.contains(phrase) && tokens.count >= phrase.count
            && zip(tokens, phrase).allSatisfy { $0.text == $1 }
    }

    private static let subordinators = EnglishWords.words("before after once when upon following")

    private static let besidePhrases = phrases(
        """
        in parallel|at the same time|as well|in addition|additionally|also|separately|independently|meanwhile|concurrently
        simultaneously|besides|furthermore|moreover
        """
    )
    private static let trailingPhrases = phrases("in parallel|at the same time|as well|separately|independently")
    private static let afterPhrases = phrases(
        """
        then|next|after that|after this|afterwards|afterward|subsequently|thereafter|following that|following this|followed by
        once done|when done|once finished|later|when that is done|second|secondly|third|thirdly
        """
    )
    private static let lastPhrases = phrases("finally|lastly|in the end|at the end|conclude|to finish|last")

    private static func phrases(_ text: String) -> [[String]] {
        text.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { $0.split(separator: " ").map(String.init) }
    }
}
