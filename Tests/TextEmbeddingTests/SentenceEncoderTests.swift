import Glibc
import TestSupport
import Testing

@testable import TextEmbedding

@Suite(
    "The sentence encoder",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct SentenceEncoderTests {
    @Test("puts texts of one meaning closer than texts of different ones")
    func meaning() async throws {
        let matrix = try await encoder().embed(
            ["send an e-mail to the team", "mail all colleagues", "resize an image"],
            as: .query
        )
        #expect(cosine(Array(matrix[0]), Array(matrix[1])) > cosine(Array(matrix[0]), Array(matrix[2])) + 0.2)
    }

    @Test("reads a query in 8 bits nearly as it reads a document, alone and with others, short and cut off")
    func queries() async throws {
        let encoder = try encoder()
        let texts =
            ["x", "send an e-mail to the team", String(repeating: "many words about a table ", count: 80)]
            + (0..<40).map { "resize image \($0)" + String(repeating: " and crop it", count: $0 % 5) }
        let documents = try await encoder.embed(texts, as: .document)
        let together = try await encoder.embed(texts, as: .query)
        for (row, text) in texts.enumerated() {
            let alone = try await encoder.embed(text, as: .query)
            #expect(cosine(alone, Array(documents[row])) > 0.99, "\(text.prefix(40))")
            #expect(cosine(alone, Array(together[row])) > 0.999, "\(text.prefix(40))")
        }
    }

    @Test("does without a model for queries where a folder has none")
    func oneModel() async throws {
        try await withTemporaryFolder { folder in
            let model = try #require(Installed.encoder)
            for name in ["config.json", "vocab.txt", "openvino_model.xml", "openvino_model.bin"] {
                #expect(symlink("\(model)/\(name)", "\(folder)/\(name)") == 0)
            }
            let runtime = try #require(Installed.runtime)
            let encoder = try SentenceEncoder(files: SentenceEncoder.Files(model: folder, runtime: runtime))
            let text = "send an e-mail to the team"
            let (query, document) = (
                try await encoder.embed(text, as: .query), try await encoder.embed(text, as: .document)
            )
            #expect(query == document)
        }
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
