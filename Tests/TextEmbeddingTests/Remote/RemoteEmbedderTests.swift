import JSONSchema
import TestSupport
import Testing

@testable import TextEmbedding

@Suite("A remote embedder", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct RemoteEmbedderTests {
    private static let model = ScriptedResponse([.embeddings()])
    private static let busy = ScriptedResponse.whole(
        "{}",
        status: "429 Too Many Requests",
        headers: [("Retry-After", "0")]
    )
    private static let broken = ScriptedResponse.whole("oops", status: "500 Internal Server Error", type: "text/plain")

    @Test("asks once how long vectors are, and not where it is told")
    func dimensions() async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [Self.model]]) { server async throws in
            #expect(try await server.embedder().model.dimensions == 64)
            #expect(try server.requests().count == 1)
            let told = try await server.embedder(dimensions: 64)
            #expect(told.model.dimensions == 64)
            #expect(try server.requests().count == 1)
            _ = try await told.embed("a", as: .query)
            #expect(try server.requests().last?.json()["dimensions"] == 64)
        }
    }

    @Test("sends texts in batches with their prefixes and the key, and puts vectors where their index says")
    func batches() async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [Self.model]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 64) {
                $0.queryPrefix = "find "
                $0.documentPrefix = "text "
            }
            let texts = (0..<150).map { "number \($0)" }
            let vectors = try await embedder.embed(texts, as: .document)
            let requests = try server.requests()
            #expect(requests.count == 3)
            #expect(requests.allSatisfy { $0.header("Authorization") == "Bearer sk-secret-123" })
            let sent = try requests.flatMap { try $0.json()["input"]?.arrayValue ?? [] }.compactMap(\.stringValue)
            #expect(Set(sent) == Set(texts.map { "text \($0)" }))
            for row in [0, 63, 64, 149] {
                let alone = try await embedder.embed(texts[row], as: .document)
                #expect(Array(vectors[row]).isNearly(alone))
                #expect(row == 0 || !Array(vectors[0]).isNearly(alone))
            }
            _ = try await embedder.embed("x", as: .query)
            #expect(try server.requests().last?.json()["input"] == ["find x"])
        }
    }

    @Test("has no more calls on their way than it may")
    func concurrency() async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [Self.model]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 64) { $0.concurrency = 2 }
            let texts = Array(repeating: "some text", count: 20 * TextBatches.mostTexts)
            #expect(try await embedder.embed(texts, as: .document).rows == texts.count)
            #expect(try server.requests().allSatisfy { $0.inFlight <= 2 })
        }
    }

    @Test("takes numbers where it asked for base64, and asks more plainly of a server that refuses")
    func formats() async throws {
        let refusal = ScriptedResponse.whole(
            #"{"error":{"message":"encoding_format is not supported"}}"#,
            status: "400 Bad Request"
        )
        let numbers = ScriptedResponse([.embeddings(ScriptedEmbeddings(givesBase64: false))])
        try await withScriptedServer([ScriptedServer.embeddings: [Self.model, numbers, refusal, numbers]]) {
            server async throws in
            let embedder = try await server.embedder(dimensions: 64)
            let packed = try await embedder.embed("a b c", as: .query)
            for _ in 0..<2 { #expect(try await embedder.embed("a b c", as: .query) == packed) }
            let formats = try server.requests().map { try $0.json()["encoding_format"]?.stringValue }
            #expect(formats == ["base64", "base64", "base64", nil])
        }
    }

    @Test("tries again what fails for now", arguments: [busy, broken, [.close], [.reset]])
    func repeated(failure: ScriptedResponse) async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [failure, failure, Self.model]]) {
            server async throws in
            let embedder = try await server.embedder(dimensions: 64)
            #expect(try await embedder.embed("a", as: .query).count == 64)
            #expect(try server.requests().count == 3)
        }
    }

    @Test("gives up after a few attempts, and says why without the key")
    func givesUp() async throws {
        let echo = ScriptedResponse.whole(
            #"{"error":{"message":"no luck with sk-secret-123\u0007"}}"#,
            status: "503 Service Unavailable"
        )
        try await withScriptedServer([ScriptedServer.embeddings: [echo]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 64)
            let error = try await embeddingFailure { try await embedder.embed(["a"], as: .query) }
            #expect(error.kind == .endpointFailed)
            #expect(error.message.contains("503") && error.message.contains("no luck with [redacted]"))
            #expect(error.message.contains("words at \(server.origin)/v1"))
            #expect(try server.requests().count == 3)
        }
    }

    @Test(
        "does not try again what cannot succeed",
        arguments: ["400 Bad Request", "401 Unauthorized", "404 Not Found", "302 Found"]
    )
    func refused(status: String) async throws {
        let refusal = ScriptedResponse.whole(#"{"message":"no"}"#, status: status)
        try await withScriptedServer([ScriptedServer.embeddings: [refusal]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 64)
            let error = try await embeddingFailure { try await embedder.embed(["a"], as: .query) }
            #expect(error.kind == .endpointFailed)
            #expect(try server.requests().count == 1)
        }
    }

    /// Answers with one text's vector of four values that must not be believed.
    static let badAnswers: [(answer: String, says: String)] = [
        (#"{"data":[]}"#, "0 vectors for 1 text"),
        (#"{"data":[{"index":0,"embedding":[1,0,0,0]},{"index":1,"embedding":[1,0,0,0]}]}"#, "2 vectors for 1 text"),
        (#"{"data":[{"index":1,"embedding":[1,0,0,0]}]}"#, "no text that was sent"),
        (#"{"data":[{"index":-1,"embedding":[1,0,0,0]}]}"#, "no text that was sent"),
        (#"{"data":[{"index":0,"embedding":[1,0,0]}]}"#, "3 values instead of 4"),
        (#"{"data":[{"index":0,"embedding":[]}]}"#, "0 values"),
        (#"{"data":[{"index":0,"embedding":[1,null,0,0]}]}"#, "not a number"),
        (#"{"data":[{"index":0,"embedding":[1,NaN,0,0]}]}"#, "not JSON"),
        (#"{"data":[{"index":0,"embedding":[1,1e39,0,0]}]}"#, "not finite"),
        (#"{"data":[{"index":0,"embedding":"AADAfwAAgD8AAAAAAAAAAA=="}]}"#, "not finite"),
        (#"{"data":[{"index":0,"embedding":"AACAPwA="}]}"#, "base64"),
        (#"{"data":[{"index":0,"embedding":"!"}]}"#, "base64"),
        (#"{"data":[{"index":0,"embedding":[0,0,0,0]}]}"#, "zero"),
        (#"{"data":[{"index":0}]}"#, "no vector"), (#"{"data":{}}"#, "no list"), ("", "not JSON"), ("[]", "no list"),
        (#"{"error":{"message":"model 'words' is loading"}}"#, "is loading"), ("<html>", "not JSON"),
    ]

    @Test("believes no answer that is not one good vector a text", arguments: badAnswers.indices)
    func badAnswer(index: Int) async throws {
        let bad = Self.badAnswers[index]
        try await withScriptedServer([ScriptedServer.embeddings: [.whole(bad.answer)]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 4)
            let error = try await embeddingFailure { try await embedder.embed(["a"], as: .query) }
            #expect(error.kind == .malformedReply)
            #expect(error.message.contains(bad.says), "\(error.message)")
        }
    }

    @Test("takes vectors in the order of the texts where the server numbers none, and brings them to length 1")
    func unnumbered() async throws {
        let answer = ScriptedResponse.whole(#"{"data":[{"embedding":[3,4]},{"embedding":[0,2.0]}]}"#)
        try await withScriptedServer([ScriptedServer.embeddings: [answer]]) { server async throws in
            let vectors = try await server.embedder(dimensions: 2).embed(["a", "b"], as: .query)
            #expect(vectors.values.count == 4)
            for (value, wanted) in zip(vectors.values, [0.6, 0.8, 0, 1] as [Float]) {
                #expect(abs(value - wanted) < 1e-6)
            }
        }
    }

    @Test("does not read an answer beyond its bound")
    func hugeAnswer() async throws {
        let huge: ScriptedResponse = [
            .text(ScriptedResponse.head("200 OK", [("Content-Type", "application/json")])),
            .text(#"{"data":[{"index":0,"embedding":[0"#), .repeated(",0.123456789", times: 1_000_000), .close,
        ]
        for answer in [
            huge, [.text(ScriptedResponse.chunkedHead(type: "application/json")), .gzipBomb(megabytes: 64)],
        ] {
            try await withScriptedServer([ScriptedServer.embeddings: [answer]]) { server async throws in
                let embedder = try await server.embedder(dimensions: 4, maximumReplyBytes: 1 << 20)
                let error = try await embeddingFailure { try await embedder.embed(["a"], as: .query) }
                #expect(error.kind == .endpointFailed || error.kind == .malformedReply)
                #expect(try server.requests().count == 1)
            }
        }
    }

    @Test("waits no longer than it may for a server that says nothing")
    func silence() async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [[.hang]]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 4, timeout: .milliseconds(200))
            let error = try await embeddingFailure { try await embedder.embed(["a"], as: .query) }
            #expect(error.kind == .endpointFailed)
            #expect(error.message.contains("took too long"))
        }
    }

    @Test("leaves the server when its task is cancelled")
    func cancellation() async throws {
        try await withScriptedServer([ScriptedServer.embeddings: [[.hang]]]) { server async throws in
            let embedder = try await server.embedder(dimensions: 4)
            let task = Task { try await embedder.embed(Array(repeating: "a", count: 300), as: .document) }
            while try server.requests().isEmpty { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.waitUntilClientLeft()
        }
    }

    @Test("cuts what the server finds too long, batch by batch and text by text")
    func tooLong() async throws {
        let long = String(repeating: "word ", count: 400) + "end"
        let tooLong = ScriptedResponse.whole(
            #"{"error":{"message":"This model's maximum context length is 512 tokens"}}"#,
            status: "400 Bad Request"
        )
        try await withScriptedServer(
            [ScriptedServer.embeddings: [Self.model]],
            answeringBy: [ScriptedRule(["end"], tooLong)]
        ) { server async throws in
            let embedder = try await server.embedder(dimensions: 64)
            let vectors = try await embedder.embed(["first", long, "last"], as: .document)
            #expect(Array(vectors[1]).isNearly(try await embedder.embed("word", as: .document)))
            #expect(Array(vectors[2]).isNearly(try await embedder.embed("last", as: .document)))
            // Too short to be cut any further.
            let error = try await embeddingFailure { try await embedder.embed(["end"], as: .document) }
            #expect(error.message.contains("maximum context length"))
        }
    }

    @Test("is known by model, length and prefixes, not by the place it is served at")
    func identity() async throws {
        try await withScriptedServer(["*": [Self.model]]) { server async throws in
            let plain = try await server.embedder(dimensions: 64).model
            #expect(plain.name == "words")
            let probed = try await server.embedder().model
            #expect(probed == plain)
            let other = try await server.embedder(dimensions: 32).model
            let prefixed = try await server.embedder(dimensions: 64) { $0.queryPrefix = "q: " }.model
            let elsewhere = try await RemoteEmbedder.connect(
                to: EmbeddingEndpoint(model: "words", address: server.origin + "/api/embeddings", dimensions: 64)
            )
            #expect(Set([plain, other, prefixed].map(\.fingerprint)).count == 3)
            #expect(elsewhere.model == plain)
            #expect(elsewhere.endpoint.address == server.origin + "/api")
        }
    }

    @Test("is asked again for what a cache kept of another model under its name")
    func swappedUnderACache() async throws {
        let other = ScriptedResponse([.embeddings(ScriptedEmbeddings(salt: "other"))])
        try await withScriptedServer([ScriptedServer.embeddings: [Self.model, other]]) { server async throws in
            try await withTemporaryFolder { folder in
                let embedder = try await server.embedder(dimensions: 64)
                let first = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: embedder)
                let before = try await first.embed(["one text", "another text"], as: .document)
                let second = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: embedder)
                let after = try await second.embed(["another text", "one text"], as: .document)
                #expect(!Array(before[0]).isNearly(Array(after[1])))
                #expect(Array(after[1]).isNearly(try await embedder.embed("one text", as: .document)))
                let count = try server.requests().count
                let third = try EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: embedder)
                _ = try await third.embed(["another text", "one text"], as: .document)
                // One look at the model, and nothing embedded again.
                #expect(try server.requests().count == count + 1)
            }
        }
    }
}
