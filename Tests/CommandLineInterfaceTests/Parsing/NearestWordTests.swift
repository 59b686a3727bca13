import CommandLineInterface
import Testing

@Suite("The nearest word")
struct NearestWordTests {
    @Test(
        "is found for slips, and not for words that have nothing in common",
        arguments: [
            ("serch", "search"), ("SEARCH", "search"), ("saerch", "search"), ("sear", "search"), ("rout", "route"),
            ("lst", "list"), ("tpo", "top"), ("dry_run", "dry-run"), ("doktor", "doctor"), ("zebra", nil), ("", nil),
            ("s", nil), ("searching-for-something", nil), (String(repeating: "a", count: 100_000), nil),
        ]
    )
    func slips(word: String, expected: String?) {
        let candidates = ["index", "search", "route", "list", "top", "dry-run", "doctor"]
        #expect(nearestWord(to: word, among: candidates) == expected)
    }

    @Test("is the first of equally near ones")
    func ties() {
        #expect(nearestWord(to: "cat", among: ["bat", "hat"]) == "bat")
    }
}
