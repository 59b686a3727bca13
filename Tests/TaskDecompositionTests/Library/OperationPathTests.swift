import Testing

@testable import TaskDecomposition

@Suite("Addresses of operations")
struct OperationPathTests {
    @Test(
        "are read out of a name",
        arguments: [
            ("tmdb/GET /movie/{movie_id}/keywords", "GET", ["movie_id"], false),
            ("GET /search/movie", "GET", [], true), ("shop/POST /search/orders", "POST", [], false),
            ("a/b/DELETE /x/{y}/{z_id}", "DELETE", ["y", "z_id"], false),
        ]
    )
    func read(text: String, method: String, parameters: [String], isSearch: Bool) throws {
        let path = try #require(OperationPath(text))
        #expect(path.method == method)
        #expect(path.parameters == parameters)
        #expect(path.isSearch == isSearch)
    }

    @Test("are not seen elsewhere", arguments: ["", "weather", "GET", "owner/get-things", "FETCH /x", " /", "get / x"])
    func none(text: String) { #expect(OperationPath(text) == nil) }
}
