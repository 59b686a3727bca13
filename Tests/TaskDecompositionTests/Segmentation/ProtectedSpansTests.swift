import Testing

@testable import TaskDecomposition

@Suite("Protected spans")
struct ProtectedSpansTests {
    private func protected(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return ProtectedSpans.find(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(
        "finds quotes, code, brackets and addresses",
        arguments: [
            ("say \"a, b\" now", ["\"a, b\""]), ("say 'it's fine' now", ["'it's fine'"]),
            ("“a” and ‘b’", ["“a”", "‘b’"]),
            ("«a, b» und „c“", ["«a, b»", "„c“"]), ("「はい、そう」", ["「はい、そう」"]), ("run `a && b`", ["`a && b`"]),
            ("```\na\n\nb\n``` end", ["```\na\n\nb\n```"]), ("f(a, (b), c) [1, 2]", ["(a, (b), c)", "[1, 2]"]),
            ("mail a.b+c@d.org, please", ["a.b+c@d.org"]), ("see https://a.b/c?d=1,2.", ["https://a.b/c?d=1,2"]),
            ("go to www.a.b/c), then", ["www.a.b/c"]), ("(\"a)\" b)", ["(\"a)\" b)"]),
        ]
    )
    func found(text: String, spans: [String]) {
        #expect(protected(text) == spans)
    }

    @Test(
        "a mark without its partner protects nothing",
        arguments: [
            "a \"b", "a 'b", "rock 'n roll", "users' data", "it's", "(a", "a)", "[a)", "`a", "\"a\n\nb\"", "a @ b",
            "http: //x", "\"\"", "5' 3",
        ]
    )
    func unpaired(text: String) {
        #expect(protected(text).isEmpty)
    }

    @Test("a bracket longer than an aside is text")
    func longBracket() {
        #expect(protected("(" + String(repeating: "a ", count: 600) + ")").isEmpty)
    }
}
