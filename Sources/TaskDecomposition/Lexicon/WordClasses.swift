/// What a word can be, as far as splitting a request needs to know; a word can be several things.
package struct WordClasses: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Base form of a verb that hardly ever is anything else: `analyze`, `send`.
    package static let verb = WordClasses(rawValue: 1 << 0)
    /// Base form of a verb that is as often a noun or an adjective: `book`, `report`, `clean`.
    package static let nounVerb = WordClasses(rawValue: 1 << 1)
    /// A verb whose object says how to do another step, rather than what to do: `use`, `include`, `ensure`.
    package static let settingVerb = WordClasses(rawValue: 1 << 2)
    /// A verb that hands over what another step made: `provide`, `show`, `tell`.
    package static let deliveryVerb = WordClasses(rawValue: 1 << 3)
    /// `the`, `my`, `each`.
    package static let determiner = WordClasses(rawValue: 1 << 4)
    /// `it`, `me`, `them`: can be the object of a verb.
    package static let objectPronoun = WordClasses(rawValue: 1 << 5)
    /// `I`, `we're`, `there`: the subject of a clause.
    package static let subject = WordClasses(rawValue: 1 << 6)
    /// `what`, `how`, `which`.
    package static let questionWord = WordClasses(rawValue: 1 << 7)
    /// `is`, `do`, `can`: begins a question, or follows a subject.
    package static let auxiliary = WordClasses(rawValue: 1 << 8)
    package static let preposition = WordClasses(rawValue: 1 << 9)
    /// `and`, `or`, `but`.
    package static let conjunction = WordClasses(rawValue: 1 << 10)
    /// `also`, `quickly`: may stand between a request phrase and its verb.
    package static let adverb = WordClasses(rawValue: 1 << 11)
    /// `if`, `unless`: opens a condition.
    package static let condition = WordClasses(rawValue: 1 << 12)
    /// `after`, `once`, `when`: places a clause in time.
    package static let temporal = WordClasses(rawValue: 1 << 13)
    /// `which`, `because`, `so that`: the clause depends on the one before it.
    package static let subordinator = WordClasses(rawValue: 1 << 14)
    /// `help`, `tasks`: announces that a request follows.
    package static let announcement = WordClasses(rawValue: 1 << 15)
    /// `one`, `several`.
    package static let quantity = WordClasses(rawValue: 1 << 16)
    /// `up`, `out`: completes a verb.
    package static let particle = WordClasses(rawValue: 1 << 17)
    /// Only English has it, so it says which language a request is in.
    package static let englishOnly = WordClasses(rawValue: 1 << 18)
    /// `results`, `findings`: what a step yields, named without saying of what.
    package static let outcome = WordClasses(rawValue: 1 << 19)

    /// A noun that can be a verb, but seldom is one where a noun is possible: `price`, `stock`.
    package static let mostlyNoun = WordClasses(rawValue: 1 << 20)

    /// Every word that can be the base form of a verb.
    static let anyVerb: WordClasses = [.verb, .nounVerb]

    /// Words that cannot be the verb of an imperative, whatever stands before them.
    static let closed: WordClasses = [
        .determiner, .objectPronoun, .subject, .questionWord, .auxiliary, .preposition, .conjunction, .condition,
        .temporal, .subordinator, .quantity,
    ]
}
