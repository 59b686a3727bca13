import Testing

@testable import TaskDecomposition

@Suite("Lexicon")
struct LexiconTests {
    private static func words(_ list: String) -> [String] {
        list.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test(
        "verb lists are sorted, lower case, without repetition",
        arguments: [
            EnglishVerbs.plain, EnglishVerbs.alsoNouns, EnglishVerbs.mostlyNouns,
        ]
    )
    func order(list: String) {
        let words = Self.words(list)
        #expect(words == Set(words).sorted())
        #expect(words == words.map { $0.lowercased() })
    }

    @Test("a verb is in one list")
    func disjoint() {
        let lists = [EnglishVerbs.plain, EnglishVerbs.alsoNouns, EnglishVerbs.mostlyNouns].map { Set(Self.words($0)) }
        #expect(lists[0].isDisjoint(with: lists[1]))
        #expect(lists[0].isDisjoint(with: lists[2]))
        #expect(lists[1].isDisjoint(with: lists[2]))
        #expect(lists.map(\.count).reduce(0, +) > 1_000)
    }

    @Test(
        "a word can be several things",
        arguments: [
            ("analyze", WordClasses.verb), ("book", .nounVerb), ("stock", [.nounVerb, .mostlyNoun]),
            ("use", .settingVerb),
            ("provide", [.verb, .deliveryVerb]), ("the", .determiner), ("it", [.subject, .objectPronoun]),
            ("is", .auxiliary),
        ] as [(String, WordClasses)]
    )
    func classes(word: String, expected: WordClasses) {
        #expect(Lexicon.english.classes(of: word).isSuperset(of: expected))
    }

    @Test("an unknown word is nothing", arguments: ["frobnicate", "", "Analyze"])
    func unknown(word: String) {
        #expect(Lexicon.english.classes(of: word).isEmpty)
    }

    @Test(
        "gerunds lead back to their verb",
        arguments: [
            ("sending", "send"), ("creating", "create"), ("planning", "plan"), ("copying", "copy"), ("running", "run"),
        ]
    )
    func gerunds(word: String, base: String) {
        #expect(Inflection.base(ofGerund: word) == base)
    }

    @Test(
        "participles lead back to their verb",
        arguments: [
            ("scheduled", "schedule"), ("copied", "copy"), ("planned", "plan"), ("scanned", "scan"),
        ]
    )
    func participles(word: String, base: String) {
        #expect(Inflection.base(ofParticiple: word) == base)
    }

    @Test("other words have no base form", arguments: ["morning", "thing", "ing", "bring", "ceiling", "red"])
    func noBase(word: String) {
        #expect(Inflection.base(ofGerund: word) == nil)
        #expect(Inflection.base(ofParticiple: word) == nil)
    }

    @Test(
        "plurals are told from words that end alike",
        arguments: [
            ("results", true), ("queries", true), ("people", true), ("news", true), ("status", false), ("class", false),
            ("analysis", false), ("bob's", false), ("as", false), ("report", false),
        ]
    )
    func plurals(word: String, isPlural: Bool) {
        #expect(Inflection.isPlural(word) == isPlural)
    }
}
