import SkillRetrieval
import Testing

@Suite("Porter's stemmer")
struct PorterStemmerTests {
    /// The examples of the paper, with what the whole algorithm makes of them, step by step.
    static let examples: [(step: String, pairs: [String: String])] = [
        (
            "1a",
            [
                "caresses": "caress", "ponies": "poni", "ties": "ti", "caress": "caress", "cats": "cat",
            ]
        ),
        (
            "1b",
            [
                "feed": "feed", "agreed": "agre", "plastered": "plaster", "bled": "bled", "motoring": "motor",
                "sing": "sing", "conflated": "conflat", "troubled": "troubl", "sized": "size", "hopping": "hop",
                "tanned": "tan", "falling": "fall", "hissing": "hiss", "fizzed": "fizz", "failing": "fail",
                "filing": "file",
            ]
        ),
        ("1c", ["happy": "happi", "sky": "sky"]),
        (
            "2",
            [
                "relational": "relat", "conditional": "condit", "rational": "ration", "valenci": "valenc",
                "hesitanci": "hesit", "digitizer": "digit", "conformabli": "conform", "radicalli": "radic",
                "differentli": "differ", "vileli": "vile", "analogousli": "analog", "vietnamization": "vietnam",
                "predication": "predic", "operator": "oper", "feudalism": "feudal", "decisiveness": "decis",
                "hopefulness": "hope", "callousness": "callous", "formaliti": "formal", "sensitiviti": "sensit",
                "sensibiliti": "sensibl", "archaeology": "archaeolog",
            ]
        ),
        (
            "3",
            [
                "triplicate": "triplic", "formative": "form", "formalize": "formal", "electriciti": "electr",
                "electrical": "electr", "hopeful": "hope", "goodness": "good",
            ]
        ),
        (
            "4",
            [
                "revival": "reviv", "allowance": "allow", "inference": "infer", "airliner": "airlin",
                "gyroscopic": "gyroscop", "adjustable": "adjust", "defensible": "defens", "irritant": "irrit",
                "replacement": "replac", "adjustment": "adjust", "dependent": "depend", "adoption": "adopt",
                "homologou": "homolog", "communism": "commun", "activate": "activ", "angulariti": "angular",
                "homologous": "homolog", "effective": "effect", "bowdlerize": "bowdler",
            ]
        ),
        ("5", ["probate": "probat", "rate": "rate", "cease": "ceas", "controll": "control", "roll": "roll"]),
        (
            "all",
            [
                "generalizations": "gener", "oscillators": "oscil", "connection": "connect", "connective": "connect",
                "connected": "connect", "connecting": "connect", "connections": "connect",
            ]
        ),
    ]

    @Test("The examples of the paper come out as its author's program gives them", arguments: examples)
    func paper(step: String, pairs: [String: String]) {
        for (word, stem) in pairs { #expect(PorterStemmer.stem(word) == stem, "\(word), step \(step)") }
    }

    @Test("Short words and anything but lower-case letters stay", arguments: ["as", "a", "", "Cats", "naïves", "mp3s"])
    func untouched(word: String) {
        #expect(PorterStemmer.stem(word) == word)
    }

    @Test(
        "Letters that make no word are handled",
        arguments: ["sss", "ing", "eed", "yyy", "ion", "sses", "aed", "bbe"]
    )
    func strange(word: String) {
        #expect(word.hasPrefix(PorterStemmer.stem(word).prefix(1)))
        #expect(!PorterStemmer.stem(word).isEmpty)
    }
}
