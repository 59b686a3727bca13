import Testing

@testable import HTTPTransport

@Suite("Proxy settings")
struct HTTPProxyTests {
    @Test("are read from the usual variables")
    func environment() throws {
        let variables = [
            "http_proxy": "proxy.local:3128", "HTTPS_PROXY": "https://me:secret@secure.local",
            "NO_PROXY": "a.org, .b.org",
        ]
        let proxy = try HTTPProxy { variables[$0] }
        #expect(proxy.proxy(for: try HTTPURL("http://x/"))?.wireText == "http://proxy.local:3128/")
        #expect(proxy.proxy(for: try HTTPURL("https://x/"))?.wireText == "https://me:secret@secure.local/")
        #expect(proxy.exceptions == ["a.org", ".b.org"])
        #expect(!"\(proxy)".contains("secret@"))
    }

    @Test("fall back to the proxy for all, and ignore what a CGI request could set")
    func fallback() throws {
        let all = try HTTPProxy { $0 == "ALL_PROXY" ? "http://all:1" : nil }
        #expect(all.http?.origin == "http://all:1")
        #expect(all.https == all.http)
        #expect(try HTTPProxy { $0 == "HTTP_PROXY" ? "http://evil" : nil } == .none)
        #expect(try HTTPProxy { _ in nil } == .none)
    }

    @Test("name the variable that is wrong")
    func malformed() {
        let error = #expect(throws: HTTPError.self) { try HTTPProxy { $0 == "https_proxy" ? "socks5://h" : nil } }
        #expect(error?.detail.contains("https_proxy") == true)
    }
}
