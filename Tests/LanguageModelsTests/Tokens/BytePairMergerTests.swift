import Testing

@testable import LanguageModels

@Suite("Merging byte pairs")
struct BytePairMergerTests {
    @Test(
        "merges the lowest rank first and of equal ranks the left one",
        arguments: [
            (["ab", "bc", "abc"], "abc", ["abc"]),
            (["bc", "ab"], "abc", ["a", "bc"]),
            (["ab", "bc"], "abc", ["ab", "c"]),
            (["aa"], "aaaaa", ["aa", "aa", "a"]),
            (["aa", "aaaa"], "aaaaaaaa", ["aaaa", "aaaa"]),
            (["cd", "bcd", "ab"], "abcd", ["a", "bcd"]),
            (["abcd"], "abcdx", ["a", "b", "c", "d", "x"]),
        ]
    )
    func order(tokens: [String], text: String, expected: [String]) throws {
        #expect(try VocabularyText.tokenizer(adding: tokens).pieces(text) == expected)
    }

    @Test("takes a whole piece that is a token, even where merging would not reach it")
    func wholePiece() throws {
        #expect(try VocabularyText.tokenizer(adding: ["abcd"]).pieces("abcd") == ["abcd"])
    }

    @Test("gives long pieces, which use a heap, the tokens that a search through all pairs gives")
    func heapEqualsSearch() throws {
        let tokens = [
            "ab", "ba", "aa", "bb", "abc", "cab", "aab", "abab", "bbaa", "cc", "ca", "aaaa", "abcab", "ccc", "bcabc",
        ]
        let tokenizer = try VocabularyText.tokenizer(adding: tokens)
        let ranks = Dictionary(uniqueKeysWithValues: (["a", "b", "c"] + tokens).enumerated().map { ($1, $0) })
        let lengths = [1, 2, 3, 50] + Array(90...110) + [400]
        var state: UInt64 = 7
        for length in lengths {
            var text = ""
            for _ in 0..<length {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += ["a", "b", "c"][Int(state >> 33) % 3]
            }
            #expect(tokenizer.pieces(text) == search(text, ranks), "\(text)")
        }
    }

    /// The definition, word for word: as long as two neighbours spell a token, merge the pair of lowest rank.
    private func search(_ text: String, _ ranks: [String: Int]) -> [String] {
        var parts = text.map(String.init)
        while true {
            let pairs = zip(parts, parts.dropFirst()).map { ranks[$0 + $1] ?? .max }
            guard let lowest = pairs.min(), lowest < .max, let place = pairs.firstIndex(of: lowest) else {
                return parts
            }
            parts[place] += parts.remove(at: place + 1)
        }
    }
}
