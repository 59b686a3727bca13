import Testing

@testable import TaskDecomposition

@Suite("List markers")
struct ListMarkerTests {
    private func markers(_ text: String) -> Int {
        ListMarkerScanner.scan(FineSplit.tokens(of: text).tokens, of: Array(text.utf8)).count
    }

    @Test(
        "finds the markers of a list",
        arguments: [
            ("1. a 2. b 3. c", 3), ("1) a\n2) b", 2), ("(1) a (2) b", 2), ("a) x b) y", 2), ("- a\n- b\n- c", 3),
            ("* a\n* b", 2),
            ("• a • b", 2), ("Step 1: a. Step 2: b", 2), ("1. only one", 1), ("do: 1) a 2) b", 2),
        ]
    )
    func found(text: String, count: Int) {
        #expect(markers(text) == count)
    }

    @Test(
        "numbers in a sentence are no list",
        arguments: [
            "take 1. then", "page 3) of it", "from 5 to 6.", "a - b", "in 2024. We", "version 1.2", "2 * 3", "see (2)",
        ]
    )
    func none(text: String) {
        #expect(markers(text) == 0)
    }
}
