import HTTPTransport
import Testing

@Suite("HTTP headers")
struct HTTPHeadersTests {
    @Test("find a name in any case, and keep every value in order")
    func lookup() {
        var headers: HTTPHeaders = ["Content-Type": "Text/HTML; charset=utf-8", "X-A": "1"]
        headers.add("x-a", "2")
        #expect(headers["content-type"] == "Text/HTML; charset=utf-8")
        #expect(headers.mediaType == "text/html")
        #expect(headers.values(of: "X-a") == ["1", "2"])
        headers["X-A"] = "3"
        #expect(headers.values(of: "x-a") == ["3"])
        headers["x-A"] = nil
        #expect(headers["X-A"] == nil)
        #expect(headers == ["content-type": "Text/HTML; charset=utf-8"])
    }

    @Test(
        "show no secret",
        arguments: [
            "Authorization", "proxy-authorization", "X-API-Key", "api-key", "Cookie", "Set-Cookie", "X-Auth-Token",
            "x-goog-api-key", "Mcp-Session-Id", "X-Amz-Signature", "Client-Secret",
        ]
    )
    func redaction(name: String) {
        let headers: HTTPHeaders = [name: "Bearer sk-123", "Accept": "*/*"]
        for shown in ["\(headers)", String(reflecting: headers), dumped(headers), "\(headers.fields)"] {
            #expect(!shown.contains("sk-123"))
            #expect(shown.contains("*/*"))
        }
        #expect(headers[name] == "Bearer sk-123")
    }

    @Test("take no name and no value that would end their line")
    func validation() {
        for name in ["", "a b", "a:b", "a\r\nb", "ä", "a\u{0}"] { #expect(!HTTPHeaders.isToken(name)) }
        for value in ["a\rb", "a\nb", "a\u{0}b", "a\u{7F}"] { #expect(!HTTPHeaders.isValue(value)) }
        for value in ["", "a\tb", "ü", "a b"] { #expect(HTTPHeaders.isValue(value)) }
        #expect(HTTPHeaders.isToken("X-Api_Key.1"))
    }

    @Test("A secret shows itself only where it is asked to")
    func secret() {
        let secret = Secret("sk-123")
        for shown in ["\(secret)", String(reflecting: secret), dumped(secret)] { #expect(!shown.contains("sk-123")) }
        #expect(secret.reveal() == "sk-123")
        #expect(secret.hidden(in: "wrong key sk-123, sk-123!") == "wrong key [redacted], [redacted]!")
        #expect(Secret("").hidden(in: "text") == "text")
    }
}
