import HTTPTransport
import Testing

@testable import TextEmbedding

@Suite("An embeddings endpoint")
struct EmbeddingEndpointTests {
    private func configured(
        _ model: String?,
        _ address: String?,
        _ environment: [String: String]
    ) throws -> EmbeddingEndpoint? {
        try EmbeddingEndpoint.configured(model: model, address: address, environment: { environment[$0] })
    }

    @Test("is nil where nothing names a model")
    func none() throws {
        #expect(try configured(nil, nil, [:]) == nil)
        #expect(try configured(nil, nil, ["OPENAI_BASE_URL": "http://localhost:1"]) == nil)
        #expect(throws: EmbeddingError.self) { try configured(nil, "http://localhost:1", [:]) }
    }

    @Test("takes options before the variables of its own, and those before the general ones")
    func precedence() throws {
        let variables = [
            "SKILLWEAVER_EMBEDDING_MODEL": "a", "SKILLWEAVER_EMBEDDING_URL": "http://own:1",
            "OPENAI_BASE_URL": "http://general:1",
        ]
        #expect(try configured(nil, nil, variables)?.description == "a at http://own:1/v1")
        #expect(try configured("b", "http://given:1/x", variables)?.description == "b at http://given:1/x")
        #expect(
            try configured("b", nil, ["OPENAI_BASE_URL": "http://general:1"])?.description == "b at http://general:1/v1"
        )
    }

    @Test("gives the general key to the general server only")
    func keys() throws {
        let key = ["OPENAI_API_KEY": "sk-general"]
        #expect(try configured("m", nil, key)?.key?.reveal() == "sk-general")
        #expect(try configured("m", "https://api.openai.com/v1/embeddings", key)?.key?.reveal() == "sk-general")
        #expect(try configured("m", "http://localhost:1", key)?.key == nil)
        let all = key.merging([
            "OPENAI_BASE_URL": "http://general:1/v1", "SKILLWEAVER_EMBEDDING_KEY": "sk-own",
        ]) { $1 }
        #expect(try configured("m", "http://localhost:1", all)?.key?.reveal() == "sk-own")
        let shown = "\(try configured("m", "http://localhost:1", all) as Any)"
        #expect(!shown.contains("sk-own"))
    }

    @Test(
        "that cannot be used says what to correct",
        arguments: [
            ("m", "ftp://x", "", "--embedding-url"), ("m", "http://", "", "--embedding-url"),
            (" ", "http://x", "", "--embedding-model"), ("m", "http://x", "a\nb", "key"),
            ("m", "https://api.openai.com", "", "OPENAI_API_KEY"),
        ]
    )
    func wrong(model: String, address: String, key: String, says: String) throws {
        let error = #expect(throws: EmbeddingError.self) {
            try EmbeddingEndpoint(model: model, address: address, key: key)
        }
        #expect(error?.kind == .endpointMisconfigured)
        #expect(error?.message.contains(says) == true)
    }

    @Test("exposes its key where it travels readably to another machine")
    func exposure() throws {
        #expect(try EmbeddingEndpoint(model: "m", address: "http://far:1", key: "k").exposesKey)
        #expect(try !EmbeddingEndpoint(model: "m", address: "http://far:1").exposesKey)
        #expect(try !EmbeddingEndpoint(model: "m", address: "https://far:1", key: "k").exposesKey)
        #expect(try !EmbeddingEndpoint(model: "m", address: "http://127.0.0.1:1", key: "k").exposesKey)
    }

    @Test(
        "reads base64 with and without padding, and nothing else",
        arguments: [
            ("", [UInt8]()), ("AQ==", [1]), ("AQ", [1]), ("AQI=", [1, 2]), ("AQID", [1, 2, 3]),
            ("/+8A", [255, 239, 0]),
        ] as [(String, [UInt8])]
    )
    func base64(text: String, bytes: [UInt8]) {
        #expect(Base64.decode(text) == bytes)
    }

    @Test(
        "refuses what is no base64",
        arguments: ["A", "AQ=", "AQ===", "A=Q=", "AQI==", "AQID=", "A-_B", "AQ ID", "é"]
    )
    func notBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("gets texts in batches of bounded count and size, and cut between scalars")
    func batches() {
        #expect(TextBatches.ranges([]).isEmpty)
        #expect(TextBatches.ranges(Array(repeating: "a", count: 130)) == [0..<64, 64..<128, 128..<130])
        let large = String(repeating: "x", count: TextBatches.mostBytes)
        #expect(TextBatches.ranges(["a", large, "b"]) == [0..<1, 1..<2, 2..<3])
        #expect(TextCut.cut("aé", to: 2) == "a")
        #expect(TextCut.cut("aé", to: 3) == "aé")
        #expect(TextCut.cut("é", to: 0) == "")
    }
}
