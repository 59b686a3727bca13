import HTTPTransport
import TestSupport
import Testing

@Suite(
    "The HTTP client over TLS",
    .enabled(
        if: ServerIdentity.isAvailable,
        "needs python3 and openssl on the PATH"
    )
)
struct TLSTests {
    @Test("believes a server only by an authority it was told of, and only under its own name")
    func trust() async throws {
        try await withTemporaryFolder { folder async throws in
            let identity = try await ServerIdentity.make(in: folder)
            try await withScriptedServer(["*": [.whole("secret")]], identity: identity) { server async throws in
                func answer(_ trust: HTTPTrust, _ origin: String) async throws -> String {
                    let client = CurlHTTPClient(options: HTTPClientOptions(trust: trust))
                    return try await client.send(HTTPRequest(.get, HTTPURL(origin))).text
                }
                let trust = HTTPTrust(file: identity.certificate)
                #expect(try await answer(trust, server.origin) == "secret")
                let stranger = await #expect(throws: HTTPError.self) { try await answer(HTTPTrust(), server.origin) }
                #expect(stranger?.kind == .insecure)
                #expect(stranger?.description.contains("SSL_CERT_FILE") == true)
                let otherName = await #expect(throws: HTTPError.self) {
                    try await answer(trust, "https://127.0.0.1:\(server.port)")
                }
                #expect(otherName?.kind == .insecure)
                let missing = await #expect(throws: HTTPError.self) {
                    try await answer(HTTPTrust(file: folder + "/none.pem"), server.origin)
                }
                #expect(missing?.kind == .insecure)
                // Nothing was said to anybody before it was believed.
                #expect(try server.requests().count == 1)
            }
        }
    }
}
