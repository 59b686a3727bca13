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
