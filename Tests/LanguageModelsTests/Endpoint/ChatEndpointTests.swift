import HTTPTransport
import TestSupport
import Testing

@testable import LanguageModels

@Suite("An endpoint of a language model")
struct ChatEndpointTests {
    private func configured(
        _ variables: [String: String],
        model: String? = nil,
        address: String? = nil
    ) throws -> ChatEndpoint? {
        try ChatEndpoint.configured(model: model, address: address) { variables[$0] }
    }

    @Test("is none where nothing says so")
    func none() throws {
        #expect(try configured([:]) == nil)
        #expect(try configured(["OPENAI_API_KEY": "sk-1", "SKILLWEAVER_MODEL": " "]) == nil)
    }

    @Test(
        "is put together from options and variables",
        arguments: [
            ([:], "qwen", "http://localhost:11434", "openai qwen http://localhost:11434/v1"),
            (["OPENAI_BASE_URL": "http://h:1/v1/"], "qwen2.5:7b", nil, "openai qwen2.5:7b http://h:1/v1/"),
            (
                ["OPENAI_BASE_URL": "http://h:1", "OPENAI_API_KEY": "k"], "m", "http://other/x",
                "openai m http://other/x"
            ),
            (["OPENAI_API_KEY": "k"], "gpt-5", nil, "openai gpt-5 https://api.openai.com/v1"),
            (["ANTHROPIC_API_KEY": "k"], "claude-x", nil, "anthropic claude-x https://api.anthropic.com/v1"),
            (["ANTHROPIC_API_KEY": "k"], "anthropic:m", "http://gate/v2/messages", "anthropic m http://gate/v2"),
            (["OPENAI_BASE_URL": "http://h"], "claude-x", nil, "openai claude-x http://h/v1"),
            ([:], "openai:claude-x", "http://h/v1/chat/completions", "openai claude-x http://h/v1"),
            (
                ["SKILLWEAVER_MODEL": "m", "OPENAI_BASE_URL": "http://h/v1?api-version=2"], nil, nil,
                "openai m http://h/v1?api-version=2"
            ),
        ] as [([String: String], String?, String?, String)]
    )
    func parts(variables: [String: String], model: String?, address: String?, expected: String) throws {
        let endpoint = try #require(try configured(variables, model: model, address: address))
        #expect("\(endpoint.provider.rawValue) \(endpoint.model) \(endpoint.address)" == expected)
    }

    @Test(
        "says what is missing or wrong, and how to set it",
        arguments: [
            (["OPENAI_BASE_URL": "http://h"], nil, nil, "use --model NAME or set SKILLWEAVER_MODEL"),
            (
                [:], "gpt-5", nil,
                "api.openai.com wants a key; set OPENAI_API_KEY, or name another server with --base-url"
            ),
            ([:], "claude-x", nil, "set ANTHROPIC_API_KEY"),
            ([:], "m", "file:///etc/passwd", "correct --base-url or OPENAI_BASE_URL"),
            ([:], "m", "localhost:11434", "correct --base-url"),
            (["OPENAI_API_KEY": "a\r\nX: b"], "m", "http://h", "the key in OPENAI_API_KEY holds a line break"),
        ] as [([String: String], String?, String?, String)]
    )
    func faults(variables: [String: String], model: String?, address: String?, words: String) {
        let error = #expect(throws: ChatEndpointError.self) {
            try configured(variables, model: model, address: address)
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("shows its key nowhere")
    func secrets() throws {
        let endpoint = try ChatEndpoint(model: "m", address: "http://me:pw@h/v1?key=sk-q", key: "sk-secret")
        var dumped = ""
        dump(endpoint, to: &dumped)
        for shown in ["\(endpoint)", String(reflecting: endpoint), dumped, endpoint.address] {
            for secret in ["sk-secret", "pw", "sk-q"] { #expect(!shown.contains(secret)) }
        }
        #expect(endpoint.exposesKey)
        #expect(try !ChatEndpoint(model: "m", address: "http://127.0.0.1:1", key: "k").exposesKey)
        #expect(try !ChatEndpoint(model: "m", address: "https://h", key: "k").exposesKey)
    }

    @Test("is looked at without asking the model", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
    func probe() async throws {
        try await withScriptedServer([
            "/v1/models": [
                .whole(#"{"object":"list","data":[{"id":"qwen"},{"id":"llama"}]}"#),
                .whole(#"{"data":[{"id":"llama"}]}"#), .whole("no", status: "404 Not Found"),
                .whole(#"{"error":"bad key sk-secret"}"#, status: "401 Unauthorized"),
            ]
        ]) { server async throws in
            let endpoint = try ChatEndpoint(model: "qwen", address: server.origin, key: "sk-secret")
            var found: [ChatEndpoint.ProbeResult] = []
            for _ in 0..<4 { found.append(try await endpoint.probe(client: CurlHTTPClient())) }
            #expect(found.map(\.isReachable) == [true, true, true, false])
            #expect(found[0].detail.hasSuffix("reachable, knows the model"))
            #expect(found[1].detail.hasSuffix("does not list the model among its 1"))
            #expect(found.allSatisfy { !$0.detail.contains("sk-secret") })
            #expect(try server.requests()[0].header("authorization") == "Bearer sk-secret")
        }
    }
}
