import TestSupport
import Testing

@testable import TextEmbedding

@Suite(
    "A token encoder",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct TokenEncoderTests {
    private static let texts = [
        "", "x", "Download the dataset", "send_email to owner/repo-name, then wait…",
        "Résumé — naïve café, 日本語, emoji 🎉", "[SEP] [CLS]", "\u{0}\u{301}",
        String(repeating: "unbelievably long-winded words ", count: 300),
    ]

    @Test("gives the vector that embedding gives, and one state a token")
    func vectorsAndStates() async throws {
        let encoder = try encoder()
        let vectors = try await encoder.embed(Self.texts, as: .document)
        let encoded = try await encoder.encode(Self.texts, as: .document)
        try #require(encoded.count == Self.texts.count)
        for (row, text) in encoded.enumerated() {
            #expect(zip(text.vector, vectors[row]).reduce(0) { $0 + $1.0 * $1.1 } > 0.9999)
            #expect(text.states.rows == text.tokens.count)
            #expect(text.states.dimensions == encoder.model.dimensions)
            #expect(!text.states.values.contains { !$0.isFinite })
        }
    }

    @Test("pools the very states it gives")
    func pooling() async throws {
        for text in try await encoder().encode(Self.texts, as: .query) {
            var mean = [Float](repeating: 0, count: text.states.dimensions)
            for row in 0..<text.states.rows {
                for (index, value) in text.states[row].enumerated() { mean[index] += value }
            }
            mean.withUnsafeMutableBufferPointer { Pooling.normalize($0) }
            #expect(zip(mean, text.vector).reduce(0) { $0 + $1.0 * $1.1 } > 0.99999)
        }
    }

    @Test("places tokens within the text, in order, and counts words from zero", arguments: texts)
    func places(text: String) async throws {
        let tokens = try await encoder().encode(text, as: .query).tokens
        #expect(tokens.first?.isSpecial == true && tokens.last?.isSpecial == true)
        #expect(tokens.first?.bytes == 0..<0)
        var words = 0
        var end = 0
        for token in tokens.dropFirst().dropLast() {
            let word = try #require(token.word)
            #expect(word == words - 1 || word == words)
            words = max(words, word + 1)
            #expect(token.bytes.lowerBound >= end && token.bytes.upperBound <= text.utf8.count)
            #expect(!token.bytes.isEmpty)
            end = token.bytes.upperBound
        }
    }

    @Test("encodes nothing as nothing")
    func nothing() async throws {
        #expect(try await encoder().encode([String](), as: .query).isEmpty)
    }

    private func encoder() throws -> SentenceEncoder {
        let model = try #require(Installed.encoder)
        let runtime = try #require(Installed.runtime)
        return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
    }
}
