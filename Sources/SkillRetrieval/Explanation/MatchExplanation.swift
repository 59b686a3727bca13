/// Why a skill stands where it stands in the results for a text.
public struct MatchExplanation: Sendable, Hashable {
    /// The library's id of the skill.
    public var skill: String
    /// The tool whose text was found; nil where it is the skill's own.
    public var tool: String?
    /// Place among the skills, from 1; nil where the skill is not among those looked at closely.
    public var rank: Int?
    /// The calibrated relevance; nil without a rank.
    public var relevance: Double?
    /// What the signals say, the strongest first.
    public var signals: [SignalShare]
    /// The user's own rule about the skill, which counts more than the signals; nil where there is none.
    public var rule: SkillPreferences.Rule?
    /// The words of the text that the skill's text shares or is close to, the strongest first.
    public var words: [WordShare]

    /// One signal's part in a result.
    public struct SignalShare: Sendable, Hashable {
        /// What was measured.
        public var signal: Signal
        /// As it was measured: a cosine or a coverage.
        public var value: Double
        /// What it added to the score of the stages.
        public var share: Double
        /// What it added to the score of the first result, for comparison; nil for the first itself.
        public var shareOfFirst: Double?

        public init(signal: Signal, value: Double, share: Double, shareOfFirst: Double? = nil) {
            self.signal = signal
            self.value = value
            self.share = share
            self.shareOfFirst = shareOfFirst
        }
    }

    /// One word of the text and how the skill answers it.
    public struct WordShare: Sendable, Hashable {
        /// As it stands in the text.
        public var word: String
        /// Its part of the lexical similarity; 0 where the skill's text does not have it.
        public var lexical: Double
        /// Its nearest neighbour among the words of the skill's name and description, as a cosine of token states; nil
        /// where there are no token states.
        public var nearest: Double?

        public init(word: String, lexical: Double, nearest: Double?) {
            self.word = word
            self.lexical = lexical
            self.nearest = nearest
        }
    }

    public init(
        skill: String,
        tool: String? = nil,
        rank: Int?,
        relevance: Double?,
        signals: [SignalShare],
        rule: SkillPreferences.Rule? = nil,
        words: [WordShare]
    ) {
        self.skill = skill
        self.tool = tool
        self.rank = rank
        self.relevance = relevance
        self.signals = signals
        self.rule = rule
        self.words = words
    }

    /// The signals that put it behind the first result, the one that cost most first.
    public var heldDownBy: [SignalShare] {
        signals.filter { ($0.shareOfFirst ?? $0.share) > $0.share }
            .sorted { ($0.shareOfFirst ?? 0) - $0.share > ($1.shareOfFirst ?? 0) - $1.share }
    }
}
