import Testing

@testable import SkillRetrieval

@Suite("The wording of a query")
struct QueryWordingTests {
    @Test(
        "names an address instead of spelling it, and keeps everything else",
        arguments: [
            ("download https://example.com/data.csv", "download a URL"),
            ("fetch <HTTP://x.y/z>, then read it", "fetch a URL>, then read it"),
            ("read https://a.b/c. Then stop", "read a URL. Then stop"),
            ("note: write the summary", "note: write the summary"),
            ("what is https", "what is https"),
            ("", ""),
        ]
    )
    func wording(text: String, wording: String) {
        #expect(QueryWording.wording(of: text) == wording)
    }
}
