import HTTPTransport
import Testing

@Suite("Addresses of requests")
struct HTTPServerRequestTests {
    @Test(
        "parts of a path are decoded one by one, so that nothing encoded becomes a separator",
        arguments: [
            ("/", []), ("/a/b", ["a", "b"]), ("//a//b/?x=/c", ["a", "b"]), ("/a%2Fb/%2e%2e", ["a/b", ".."]),
            ("/r%C3%A9sum%C3%A9", ["résumé"]), ("/%", nil), ("/%zz", nil), ("/%ff", nil), ("/%00", nil),
        ] as [(String, [String]?)]
    )
    func path(target: String, parts: [String]?) {
        #expect(HTTPServerRequest(method: .get, target: target).pathParts == parts)
    }

    @Test("fields of a query come in order, decoded")
    func query() throws {
        let items = try #require(HTTPServerRequest(method: .get, target: "/?q=a+b%26c&n=&flag&q=2").queryItems)
        #expect(items.map(\.name) == ["q", "n", "flag", "q"])
        #expect(items.map(\.value) == ["a b&c", "", "", "2"])
        #expect(HTTPServerRequest(method: .get, target: "/?q=%zz").queryItems == nil)
        #expect(HTTPServerRequest(method: .get, target: "/").queryItems?.isEmpty == true)
    }
}
