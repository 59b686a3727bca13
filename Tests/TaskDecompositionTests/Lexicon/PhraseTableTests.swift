import Testing

@testable import TaskDecomposition

@Suite("Phrase table")
struct PhraseTableTests {
    private let table = PhraseTable([(1, "as well, as well as"), (2, "i would like to, i would like")])

    private func match(_ text: String, letsAdverbsIn: Bool = false) -> [Int]? {
        let tokens = FineSplit.tokens(of: text).tokens
        return table.match(in: tokens[...], at: 0) { _ in letsAdverbsIn }.map { [$0.meaning, $0.end] }
    }

    @Test(
        "the longest expression wins",
        arguments: [
            ("as well as that", [1, 3]), ("as well that", [1, 2]), ("I would like to go", [2, 4]),
            ("I would like tea", [2, 3]),
        ]
    )
    func longest(text: String, match expected: [Int]) {
        #expect(match(text) == expected)
    }

    @Test("nothing else matches", arguments: ["as", "well as", "i would", "", "as, well"])
    func nothing(text: String) {
        #expect(match(text) == nil)
    }

    @Test("adverbs may stand inside where they are let in")
    func adverbs() {
        #expect(match("I would now also like to go") == nil)
        #expect(match("I would now also like to go", letsAdverbsIn: true) == [2, 6])
        #expect(match("I would now also then just really like to go", letsAdverbsIn: true) == nil)
    }
}
