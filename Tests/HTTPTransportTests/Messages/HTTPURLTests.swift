import HTTPTransport
import Testing

@Suite("An HTTP address")
struct HTTPURLTests {
    @Test(
        "is read into its parts",
        arguments: [
            ("http://Example.org", "http://example.org", 80, "/", "http://example.org/"),
            (
                "https://example.org:8443/a/b?x=1#part", "https://example.org:8443", 8443, "/a/b",
                "https://example.org:8443/a/b?x=1"
            ),
            ("http://example.org:80/a/../b", "http://example.org", 80, "/b", "http://example.org/b"),
            ("http://[::1]:11434/v1", "http://[::1]:11434", 11434, "/v1", "http://[::1]:11434/v1"),
            ("http://2130706433/", "http://127.0.0.1", 80, "/", "http://127.0.0.1/"),
            ("http://h/a b?c=d e", "http://h", 80, "/a%20b", "http://h/a%20b?c=d+e"),
        ]
    )
    func parts(text: String, origin: String, port: Int, path: String, wire: String) throws {
        let url = try HTTPURL(text)
        #expect(url.origin == origin)
        #expect(url.port == port)
        #expect(url.path == path)
        #expect(url.wireText == wire)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "example.org", "/relative", "file:///etc/passwd", "ftp://h/", "gopher://h/", "http://",
            "http://h:99999/", "http://h\r\nX: y/", "http://h/\r\nX: y", "http://h/\u{0}", "http://a b/",
            "http://" + String(repeating: "a", count: 20_000),
        ]
    )
    func malformed(text: String) {
        let error = #expect(throws: HTTPError.self) { try HTTPURL(text) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.remedy == .fixRequest)
    }

    @Test("shows neither its user nor what looks like a key")
    func redaction() throws {
        let url = try HTTPURL("https://me:hunter2@h/v1?model=x&api_key=sk-1&Token=sk-2&page=2&api%5fkey=sk-3")
        for shown in ["\(url)", url.debugDescription, String(reflecting: url), dumped(url)] {
            #expect(!shown.contains("hunter2"))
            #expect(!shown.contains("sk-"))
        }
        #expect(
            url.description == "https://h/v1?model=x&api_key=[redacted]&Token=[redacted]&page=2&api%5fkey=[redacted]"
        )
        #expect(url.wireText.hasPrefix("https://me:hunter2@h/v1?model=x&api_key=sk-1"))
        #expect(url.hasCredentials)
    }

    @Test(
        "reads another address as its page writes it",
        arguments: [
            ("/b?y=2", "http://h:81/b?y=2"), ("c", "http://h:81/a/c"), ("//other/x", "http://other/x"),
            ("https://h:81/z", "https://h:81/z"), ("?q=1", "http://h:81/a/b?q=1"),
        ]
    )
    func relative(text: String, expected: String) throws {
        let base = try HTTPURL("http://h:81/a/b?x=1")
        #expect(try HTTPURL(text, relativeTo: base).wireText == expected)
    }

    @Test("is extended below its path, its query kept")
    func appending() throws {
        #expect(
            try HTTPURL("http://h/v1/").appending(path: "chat/completions").wireText == "http://h/v1/chat/completions"
        )
        #expect(
            try HTTPURL("http://h/v1?version=2").appending(path: "models").wireText == "http://h/v1/models?version=2"
        )
    }

    @Test(
        "knows servers of this machine by their names",
        arguments: ["localhost", "127.0.0.1", "[::1]", "a.localhost"]
    )
    func loopback(host: String) throws {
        #expect(try HTTPURL("http://\(host):1/").isLoopback)
        #expect(try !HTTPURL("http://\(host).example.org:1/".replacing("[::1]", with: "x")).isLoopback)
    }
}

func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}
