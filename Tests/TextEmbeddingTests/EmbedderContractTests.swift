import TestSupport
import Testing

@testable import TextEmbedding

/// What every embedder promises, whatever is behind it.
@Suite("An embedder")
struct EmbedderContractTests {
    enum Subject: String, CaseIterable, Sendable {
        case encoder
        case cachedEncoder = "cached encoder"
        case remote
        case remoteInNumbers = "remote, in decimal numbers"
        case cachedRemote = "cached remote"

        static let available = allCases.filter { subject in
            switch subject {
            case .encoder, .cachedEncoder: Installed.encoder != nil && Installed.runtime != nil
            case .remote, .remoteInNumbers, .cachedRemote: ScriptedServer.isAvailable
            }
        }

        func with(_ body: @escaping @Sendable (any Embedder) async throws -> Void) async throws {
            switch self {
            case .encoder: try await body(Self.sentenceEncoder())
            case .cachedEncoder: try await Self.cached(Self.sentenceEncoder(), body)
            case .remote, .remoteInNumbers:
                let model = ScriptedEmbeddings(givesBase64: self == .remote)
                try await withScriptedServer([ScriptedServer.embeddings: [[.embeddings(model)]]]) { server in
                    try await body(server.embedder())
                }
            case .cachedRemote:
                try await withScriptedServer([ScriptedServer.embeddings: [[.embeddings()]]]) { server in
                    try await Self.cached(server.embedder(), body)
                }
            }
        }

        private static func sentenceEncoder() throws -> SentenceEncoder {
            let model = try #require(Installed.encoder)
            let runtime = try #require(Installed.runtime)
            return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
        }

        private static func cached(
            _ embedder: any Embedder,
            _ body: @escaping @Sendable (any Embedder) async throws -> Void
        ) async throws {
            try await withTemporaryFolder { folder in
                try await body(EmbeddingCache(file: "\(folder)/cache.sqlite", inFrontOf: embedder))
            }
        }
    }

    private static let texts = [
        "", "a", "Download the dataset", "Read, write, search and edit files in the workspace", " \n ", "\u{0}",
        "日本語のテキスト", "🎉 emoji 👩‍👩‍👧", "Download the dataset", String(repeating: "long words and more ", count: 400),
    ]

    @Test("gives one unit vector a text, in order, an empty text included", arguments: Subject.available)
    func unitVectors(subject: Subject) async throws {
        try await subject.with { embedder in
            for role in [TextRole.document, .query] {
                let matrix = try await embedder.embed(Self.texts, as: role)
                #expect(matrix.rows == Self.texts.count)
                #expect(matrix.dimensions == embedder.model.dimensions)
                for row in 0..<matrix.rows {
                    let length = matrix[row].reduce(0) { $0 + $1 * $1 }.squareRoot()
                    #expect(abs(length - 1) < 1e-4)
                }
            }
        }
    }

    @Test("gives a text the same vector alone, among others, and in a batch of many", arguments: Subject.available)
    func independentOfTheBatch(subject: Subject) async throws {
        try await subject.with { embedder in
            let together = try await embedder.embed(Self.texts, as: .document)
            let many = try await embedder.embed(
                Array(repeating: Self.texts, count: 8).flatMap { $0 },
                as: .document
            )
            for (row, text) in Self.texts.enumerated() {
                let alone = try await embedder.embed(text, as: .document)
                #expect(cosine(alone, Array(together[row])) > 0.9999)
                #expect(cosine(alone, Array(many[row + 3 * Self.texts.count])) > 0.9999)
            }
        }
    }

    @Test("tells texts apart", arguments: Subject.available)
    func difference(subject: Subject) async throws {
        try await subject.with { embedder in
            let matrix = try await embedder.embed(
                ["send mail to the team", "mail the whole team", "resize an image"],
                as: .query
            )
            #expect(cosine(Array(matrix[0]), Array(matrix[1])) > cosine(Array(matrix[0]), Array(matrix[2])) + 0.2)
        }
    }

    @Test("embeds nothing as nothing", arguments: Subject.available)
    func nothing(subject: Subject) async throws {
        try await subject.with { embedder in
            for role in [TextRole.document, .query] {
                let matrix = try await embedder.embed([String](), as: role)
                #expect(matrix.rows == 0 && matrix.dimensions == embedder.model.dimensions)
            }
        }
    }

    @Test("stops when its task is cancelled, and is of use afterwards", arguments: Subject.available)
    func cancellation(subject: Subject) async throws {
        try await subject.with { embedder in
            let texts = (0..<20_000).map { "some text \($0 % 100)" }
            let task = Task { try await embedder.embed(texts, as: .query) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let after = try await embedder.embed(["a"], as: .query)
            #expect(after.rows == 1)
        }
    }
}

private func cosine(_ left: [Float], _ right: [Float]) -> Float {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
}
