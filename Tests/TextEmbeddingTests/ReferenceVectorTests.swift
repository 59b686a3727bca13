import JSONSchema
import Subprocesses
import TestSupport
import Testing

@testable import TextEmbedding

@Suite(
    "The encoder's vectors",
    .enabled(if: Installed.publishedModel != nil && Installed.encoder != nil, Installed.pythonAbsence)
)
struct ReferenceVectorTests {
    @Test("equal those of the published weights in 32-bit floats, to a cosine distance of 1e-3")
    func equalReference() async throws {
        let texts = Self.texts
        let python = try #require(Installed.python)
        let weights = try #require(Installed.publishedModel)
        let script = PackageRoot.path("Tests/TextEmbeddingTests/reference_embeddings.py")
        let input = texts.map { JSONValue.string($0).serialized() + "\n" }.joined()
        let result = try await Subprocess(executable: python, arguments: [script, weights]).run(
            input: Array(input.utf8),
            limits: SubprocessLimits(deadline: .seconds(300))
        ).checked("python")
        let lines = result.outputText.split(separator: "\n")
        try #require(lines.count == texts.count)

        let files = SentenceEncoder.Files(
            model: try #require(Installed.encoder),
            runtime: try #require(Installed.runtime)
        )
        let matrix = try await SentenceEncoder(files: files).embed(texts, as: .document)
        for (row, line) in lines.enumerated() {
            let expected = try #require(JSONParser.parse(String(line)).arrayValue).compactMap(\.doubleValue)
            let cosine = zip(matrix[row], expected).reduce(0) { $0 + Double($1.0) * $1.1 }
            #expect(cosine > 1 - 1e-3, "\(texts[row].prefix(60))")
        }
    }

    /// Texts of many lengths; real descriptions where the data is at hand.
    static let texts: [String] = {
        let made = [
            "Download the dataset", "transform it", "create a visual report", "x",
            "Résumé — naïve café, 日本語, emoji 🎉", String(repeating: "a rather long text about many things ", count: 60),
        ]
        let descriptions = (try? SharedData.lines("data/library/mcp-servers-2026-05.jsonl")) ?? []
        let chosen = stride(from: 0, to: descriptions.count, by: 60).compactMap {
            (try? JSONParser.parse(descriptions[$0]))?["description"]?.stringValue
        }
        return made + chosen
    }()
}
