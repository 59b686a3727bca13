import TestSupport
import Testing

@testable import TextEmbedding

@Suite(
    "The sentence encoder",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct SentenceEncoderTests {
    private let texts = [
        "", "a", "Download the dataset", "Read, write, search and edit files in the workspace",
        "日本語のテキスト", "🎉 emoji 👩‍👩‍👧", String(repeating: "long words and more ", count: 400),
    ]

    @Test("gives one unit vector a text, in order, an empty text included")
    func unitVectors() async throws {
        let matrix = try await encoder().embed(texts, as: .document)
        #expect(matrix.rows == texts.count)
        for row in 0..<matrix.rows {
            let length = matrix[row].reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(length - 1) < 1e-4)
        }
    }

    @Test("gives a text the same vector alone, among others, and in a batch of many")
    func independentOfTheBatch() async throws {
        let encoder = try encoder()
        let together = try await encoder.embed(texts, as: .document)
        let many = try await encoder.embed(Array(repeating: texts, count: 8).flatMap { $0 }, as: .document)
        for (row, text) in texts.enumerated() {
            let alone = try await encoder.embed(text, as: .document)
            #expect(cosine(alone, Array(together[row])) > 0.9999)
            #expect(cosine(alone, Array(many[row + 3 * texts.count])) > 0.9999)
        }
    }

    @Test("puts texts of one meaning closer than texts of different ones")
    func meaning() async throws {
        let matrix = try await encoder().embed(
            ["send an e-mail to the team", "mail all colleagues", "resize an image"],
            as: .query
        )
        #expect(cosine(Array(matrix[0]), Array(matrix[1])) > cosine(Array(matrix[0]), Array(matrix[2])) + 0.2)
    }

    @Test("embeds nothing as nothing")
    func nothing() async throws {
        #expect(try await encoder().embed([String](), as: .query).rows == 0)
    }

    @Test("stops when its task is cancelled")
    func cancellation() async throws {
        let encoder = try encoder()
        let task = Task { try await encoder.embed(Array(repeating: "some text", count: 20_000), as: .document) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        // And is still usable afterwards.
        #expect(try await encoder.embed(["a"], as: .query).rows == 1)
    }

    @Test("says which file is missing, and what to do")
    func missingFiles() async throws {
        try await withTemporaryFolder { folder in
            let runtime = try #require(Installed.runtime)
            let model = try #require(Installed.encoder)
            let noModel = #expect(throws: EmbeddingError.self) {
                try SentenceEncoder(files: SentenceEncoder.Files(model: folder, runtime: runtime))
            }
            #expect(noModel?.kind == .modelUnusable)
            let encoder = try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: "\(folder)/none.so"))
            let noRuntime = await #expect(throws: EmbeddingError.self) { try await encoder.embed(["a"], as: .query) }
            #expect(noRuntime?.kind == .runtimeMissing)
            #expect(noRuntime?.message.contains("none.so") == true)
        }
    }

    @Test("has a fingerprint that only another model changes")
    func fingerprint() async throws {
        let model = try #require(Installed.encoder)
        let weights = "\(model)/openvino_model.bin"
        let first = try ModelFingerprint.compute(folder: model, weights: weights)
        #expect(try ModelFingerprint.compute(folder: model, weights: weights) == first)
        #expect(try ModelFingerprint.compute(folder: model, weights: "\(model)/vocab.txt") != first)
    }

    private func encoder() throws -> SentenceEncoder {
        let model = try #require(Installed.encoder)
        let runtime = try #require(Installed.runtime)
        return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
    }

    private func cosine(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
