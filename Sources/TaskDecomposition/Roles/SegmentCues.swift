/// What was noticed about a segment; the reasons for its role, and features for whoever learns to do better.
package struct SegmentCues: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `please`, `could you`.
    package static let polite = SegmentCues(rawValue: 1 << 0)
    /// `I need to`, `can you`: what follows is a verb.
    package static let requested = SegmentCues(rawValue: 1 << 1)
    /// `I need`, `I am looking for`: what follows is a thing.
    package static let desire = SegmentCues(rawValue: 1 << 2)
    /// `first`, `then`, `finally`.
    package static let sequenced = SegmentCues(rawValue: 1 << 3)
    /// `first`, `to begin with`: the first of several.
    package static let first = SegmentCues(rawValue: 1 << 22)
    /// `I need to`, `we would like to`: requested as the speaker's own wish.
    package static let wish = SegmentCues(rawValue: 1 << 23)
    /// `also`, `additionally`, `in addition`.
    package static let additive = SegmentCues(rawValue: 1 << 4)
    /// Begins with a verb that hardly ever is anything else.
    package static let verbFirst = SegmentCues(rawValue: 1 << 5)
    /// Begins with a word that may be a verb or a noun.
    package static let nounVerbFirst = SegmentCues(rawValue: 1 << 6)
    /// Begins with a gerund: `sending it`.
    package static let gerundFirst = SegmentCues(rawValue: 1 << 7)
    /// Begins with a word the lexicon does not know.
    package static let unknownFirst = SegmentCues(rawValue: 1 << 8)
    /// An object follows the first word: a determiner, pronoun, plural, name, number or quote.
    package static let objectFollows = SegmentCues(rawValue: 1 << 9)
    /// Begins like a question.
    package static let question = SegmentCues(rawValue: 1 << 10)
    /// Begins with `if`, `unless`, ….
    package static let conditional = SegmentCues(rawValue: 1 << 11)
    /// Begins with `after`, `once`, `when`, ….
    package static let temporal = SegmentCues(rawValue: 1 << 12)
    /// Begins with a subject and a verb: tells rather than asks.
    package static let statement = SegmentCues(rawValue: 1 << 13)
    /// Begins with `which`, `because`, `so that`, ….
    package static let subordinate = SegmentCues(rawValue: 1 << 14)
    /// Begins with `use`, `include`, `ensure`, ….
    package static let setting = SegmentCues(rawValue: 1 << 15)
    /// Begins with `provide`, `show`, ….
    package static let delivery = SegmentCues(rawValue: 1 << 16)
    /// Names help, tasks or things to come.
    package static let announces = SegmentCues(rawValue: 1 << 17)
    /// Holds a number, a quote, an address or an identifier.
    package static let literal = SegmentCues(rawValue: 1 << 18)
    /// A verb and nothing after it.
    package static let bareVerb = SegmentCues(rawValue: 1 << 19)
    /// Thanks, greetings and other words that ask for nothing.
    package static let filler = SegmentCues(rawValue: 1 << 20)
    /// `I plan to`, `I'm going to`: what the speaker does, not what is asked.
    package static let intention = SegmentCues(rawValue: 1 << 21)
}
