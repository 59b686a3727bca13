import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("The way to an endpoint", .enabled(if: ServerIdentity.isAvailable, "needs python3 and openssl on the PATH"))
struct EndpointWayTests {
    private static let hello = [ScriptedServer.chat: [ScriptedResponse.whole(completion(["content": "Hello"]))]]

    @Test("leads through the proxy that the environment names, and shows its password nowhere")
    func proxy() async throws {
        let answers = [
            ScriptedResponse.whole(completion(["content": "Hello"])), .whole("no", status: "407 Who Are You"),
        ]
        try await withScriptedServer(["*": answers]) { proxy async throws in
            let endpoint = try ChatEndpoint(model: "qwen", address: "http://model.invalid/v1", key: "sk-test-123")
            let variables = ["http_proxy": "http://me:secret-word@127.0.0.1:\(proxy.port)"]
            let model = try endpoint.model(policy: quickPolicy()) { variables[$0] }
            #expect(try await model.reply(to: question).text == "Hello")
            let seen = try #require(try proxy.requests().first)
            #expect(seen.target == "http://model.invalid/v1/chat/completions")
            let error = try await chatFailure { try await model.reply(to: question) }
            #expect(!error.description.contains("secret-word") && !error.description.contains("sk-test-123"))
        }
    }

    @Test("is one that cannot be gone where a variable makes no sense: the message names it")
    func unusable() throws {
        let endpoint = try ChatEndpoint(model: "qwen", address: "https://model.invalid/v1")
        let error = #expect(throws: ChatEndpointError.self) {
            try endpoint.model { $0 == "https_proxy" ? "gopher://:secret@x" : nil }
        }
        #expect(error?.description.lowercased().contains("https_proxy") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("ends at a server that no known authority vouches for, unless SSL_CERT_FILE names one that does")
    func authority() async throws {
        try await withTemporaryFolder { folder async throws in
            let identity = try await ServerIdentity.make(in: folder)
            try await withScriptedServer(Self.hello, identity: identity) { server async throws in
                let endpoint = try ChatEndpoint(model: "qwen", address: server.origin, key: "sk-test-123")
                let trusting = try endpoint.model(policy: quickPolicy()) {
                    $0 == "SSL_CERT_FILE" ? identity.certificate : nil
                }
                #expect(try await trusting.reply(to: question).text == "Hello")
                let wary = try endpoint.model(policy: quickPolicy()) { _ in nil }
                let error = try await chatFailure { try await wary.reply(to: question) }
                #expect(error.kind == .unreachable)
                #expect(error.description.contains("SSL_CERT_FILE"))
                // The key was told to nobody who had not shown who they are.
                #expect(try server.requests().count == 1)
            }
        }
    }
}
