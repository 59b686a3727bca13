import SkillEvaluation
import SkillRetrieval
import Testing

@Suite("TF-IDF retrieval")
struct TFIDFIndexTests {
    private let documents = [
        (id: "csv", text: "read csv files and parse csv rows"), (id: "chart", text: "plot a chart from csv data"),
        (id: "mail", text: "send mail to a person"), (id: "sql", text: "query the database and read rows"),
    ]

    // Reference: sklearn TfidfVectorizer(sublinear_tf=True) with the same words left out, scikit-learn 1.9.1.
    @Test("Scores agree with scikit-learn")
    func reference() {
        let found = TFIDFIndex(documents).search("parse the csv rows of unknown data data", top: 10)
        #expect(found.map(\.skill) == ["chart", "csv", "sql"])
        let expected = [0.53807745585339, 0.5276993420201461, 0.15269063818426823]
        for (candidate, score) in zip(found, expected) { #expect(abs(candidate.score - score) < 1e-12) }
    }

    @Test("Equal documents are ordered by id and the list ends at its limit")
    func ties() {
        let index = TFIDFIndex(["c", "a", "b"].map { (id: $0, text: "same words") })
        #expect(index.search("words", top: 2).map(\.skill) == ["a", "b"])
        #expect(index.search("words", top: 0).isEmpty)
    }

    @Test("A text without known words finds nothing", arguments: ["", "the and of", "zebra", "!?"])
    func nothing(text: String) {
        #expect(TFIDFIndex(documents).search(text, top: 5).isEmpty)
        #expect(TFIDFIndex([]).search(text, top: 5).isEmpty)
    }

    @Test("Stemming finds other forms of a word")
    func stemming() {
        let plain = TFIDFIndex(documents).search("parsing", top: 1)
        let stemmed = TFIDFIndex(documents, extractor: TermExtractor(stems: true)).search("parsing", top: 1)
        #expect(plain.isEmpty)
        #expect(stemmed.map(\.skill) == ["csv"])
    }

    @Test(
        "Text and identifiers are cut into terms",
        arguments: [
            ("getHTTPStatusCode", ["get", "http", "status", "code"]), ("git_commit-now", ["git", "commit", "now"]),
            ("base64Encode", ["base64", "encode"]), ("GET /movie/{movie_id}", ["get", "movie", "movie", "id"]),
            ("PDFs, APIs", ["pdfs", "apis"]), ("HTTPSession", ["http", "session"]),
            ("the user's files", ["the", "users", "files"]),
            ("Größe ÄNDERN", ["größe", "ändern"]), ("搜索 web", ["搜", "索", "web"]), ("a\u{301}b", ["a\u{301}b"]),
            ("owner/Server2", ["owner", "server2"]), ("ABC", ["abc"]), ("", []), ("—…", []),
        ]
    )
    func terms(text: String, expected: [String]) {
        #expect(TermExtractor(dropsStopWords: false).terms(in: text) == expected)
    }

    @Test("Function words are left out unless asked for")
    func stopWords() {
        #expect(TermExtractor.standard.terms(in: "Send the mail to us") == ["send", "mail"])
    }
}
