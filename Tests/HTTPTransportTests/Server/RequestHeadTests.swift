import Testing

@testable import HTTPTransport

@Suite("What a request says before its body")
struct RequestHeadTests {
    private func outcome(_ method: String, _ target: String?, _ headers: HTTPHeaders?) -> String {
        do throws(RequestHead.Refusal) {
            let head = try RequestHead(method: method, target: target, headers: headers, bodyLimit: 1_000)
            return "\(head.headers["Host"] ?? "-") \(head.target)"
        } catch {
            return "\(error.status.code)"
        }
    }

    @Test(
        "a target is a path, or the whole address of the server",
        arguments: [
            ("/", "a /"), ("/x?y=http://b/", "a /x?y=http://b/"), ("//b/x", "a //b/x"), ("/résumé", "a /résumé"),
            ("http://b/x", "b /x"), ("HTTP://B:80/x?y", "B:80 /x?y"), ("https://b", "b /"), ("http://b?y", "b /?y"),
            ("http:///x", "400"), ("http://", "400"), ("http://me@b/x", "400"), ("ftp://b/x", "400"), ("x", "400"),
            ("", "400"), ("*", "400"), ("b:80", "400"), ("/a\u{7F}", "400"), ("/a b", "400"), ("/a\tb", "400"),
            (nil, "400"),
        ] as [(String?, String)]
    )
    func target(target: String?, expected: String) {
        #expect(outcome("GET", target, ["Host": "a"]) == expected)
    }

    @Test("a star is a target for questions about the whole server")
    func star() { #expect(outcome("OPTIONS", "*", ["Host": "a"]) == "a *") }

    @Test(
        "how long a body is, is said once and clearly",
        arguments: [
            ([:], "- /"), (["Content-Length": "1000"], "- /"), (["Content-Length": "0"], "- /"),
            (["Transfer-Encoding": "Chunked"], "- /"), (["Content-Length": "1001"], "413"),
            (["Content-Length": "9223372036854775808"], "413"),
            (["Content-Length": "99999999999999999999999"], "413"), (["Content-Length": "-1"], "400"),
            (["Content-Length": "+1"], "400"), (["Content-Length": "1, 1"], "400"), (["Content-Length": ""], "400"),
            (["Content-Length": "٣"], "400"), (["Content-Length": "1", "content-length": "1"], "400"),
            (["Content-Length": "1", "Transfer-Encoding": "chunked"], "400"),
            (["Transfer-Encoding": "chunked", "transfer-encoding": "chunked"], "400"),
            (["Transfer-Encoding": "gzip, chunked"], "501"), (["Transfer-Encoding": "xchunked"], "501"),
            (["Host": "a", "host": "a"], "400"), (nil, "400"),
        ] as [(HTTPHeaders?, String)]
    )
    func length(headers: HTTPHeaders?, expected: String) { #expect(outcome("POST", "/", headers) == expected) }
}
