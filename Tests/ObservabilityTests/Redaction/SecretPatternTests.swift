import Observability
import Testing

@Suite("Secrets by their looks")
struct SecretPatternTests {
    private static let mark = "[redacted]"

    @Test(
        "what looks like a secret is hidden, the words around it stay",
        arguments: [
            ("Authorization: Bearer abc.DEF-123 rest", "Authorization: [redacted]"),
            ("sent bearer abcDEF123456 to it", "sent bearer [redacted] to it"),
            ("get https://joe:pa55@example.org/x?a=1", "get https://[redacted]@example.org/x?a=1"),
            ("https://example.org/?api_key=abc123&page=2", "https://example.org/?api_key=[redacted]&page=2"),
            (
                "https://example.org/?page=2&X-Amz-Signature=0af9#f",
                "https://example.org/?page=2&X-Amz-Signature=[redacted]"
            ),
            ("{\"token\": \"abc def\", \"n\": 1}", "{\"token\": \"[redacted]\", \"n\": 1}"),
            ("{\\\"password\\\":\\\"hunter2\\\"}", "{\\\"password\\\":\\\"[redacted]\\\"}"),
            ("Cookie: a=b; c=d", "Cookie: [redacted]"),
            ("client_secret=s3cr3t, next", "client_secret=[redacted], next"),
            ("key sk-proj-abcdefghijklmnop was refused", "key [redacted] was refused"),
            ("with sw_0123456789abcdef0123", "with [redacted]"),
            ("password: hunter2", "password: [redacted]"),
        ]
    )
    func hidden(text: String, shown: String) { #expect(TelemetryRedactor().redacted(text) == shown) }

    @Test(
        "what is none stays",
        arguments: [
            "", "a basic idea", "the bearer of news", "code: 404", "exit code=3 in 2 s", "max_tokens: 256",
            "https://example.org/a?page=2&q=x", "mail joe@example.org", "ratio 3:4", "key = value?",
            "gen_ai.usage.input_tokens=12", "tokens: 5", "é 漢字 👩‍👩‍👧 =:://@",
        ]
    )
    func kept(text: String) { #expect(TelemetryRedactor().redacted(text) == text) }

    @Test("a field whose name says that it is a secret is hidden, a count of tokens is not")
    func names() {
        let shown = TelemetryRedactor().redacted([
            "http.request.header.api-key": "x", "user.password": ["a", "b"], "gen_ai.usage.input_tokens": 12,
            "code": "a",
        ])
        #expect(shown["http.request.header.api-key"] == "[redacted]")
        #expect(shown["user.password"] == "[redacted]")
        #expect(shown["gen_ai.usage.input_tokens"] == 12)
        #expect(shown["code"] == "a")
    }

    @Test("secrets that were told are hidden wherever they stand, the longest first")
    func told() {
        let secrets = SecretRegistry()
        secrets.add(["abcd", "abcd-efgh", "xyz"])
        secrets.add(["abcd"])
        #expect(secrets.redactor.redacted("1 abcd-efgh 2 abcd 3 xyz") == "1 [redacted] 2 [redacted] 3 xyz")
    }

    @Test("any bytes can be searched")
    func fuzz() {
        var random = SystemRandomNumberGenerator()
        let pieces = ["token", "=", ":", "://", "@", "\"", "\\", " ", "Bearer ", "é", "a", "sk-", "\u{0}", "'", "&"]
        for _ in 0..<3_000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let once = TelemetryRedactor().redacted(text)
            #expect(String(validating: Array(once.utf8), as: UTF8.self) == once)
        }
    }
}
