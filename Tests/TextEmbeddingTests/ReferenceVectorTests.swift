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
        let lines = try await Self.reference(texts)
        let matrix = try await Self.encoder().embed(texts, as: .document)
        for (row, line) in lines.enumerated() {
            let expected = try #require(JSONParser.parse(String(line)).arrayValue).compactMap(\.doubleValue)
            let cosine = zip(matrix[row], expected).reduce(0) { $0 + Double($1.0) * $1.1 }
            #expect(cosine > 1 - 1e-3, "\(texts[row].prefix(60))")
        }
    }

    @Test("of single tokens point where those of the published weights do, to a cosine distance of 5e-3")
    func tokenStates() async throws {
        let texts = Array(Self.texts.prefix(12))
        let lines = try await Self.reference(texts, ["states"])
        let encoded = try await Self.encoder().encode(texts, as: .document)
        for (text, line) in zip(encoded, lines) {
            let record = try JSONParser.parse(String(line))
            let ids = try #require(record["ids"]?.arrayValue).compactMap(\.intValue)
            #expect(text.tokens.map { Int($0.id) } == ids)
            let states = try #require(record["states"]?.arrayValue).compactMap(\.doubleValue)
            try #require(states.count == text.states.values.count)
            for row in 0..<text.states.rows {
                let ours = text.states[row].map(Double.init)
                let theirs = states[row * ours.count..<(row + 1) * ours.count]
                #expect(cosine(ours, theirs) > 1 - 5e-3, "token \(row)")
                #expect(abs(length(ours) / length(theirs) - 1) < 0.02, "token \(row)")
            }
        }
    }

    private func length(_ vector: some Sequence<Double>) -> Double {
        vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    private func cosine(_ left: [Double], _ right: ArraySlice<Double>) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } / (length(left) * length(right))
    }

    /// One line a text of what the reference says.
    private static func reference(_ texts: [String], _ options: [String] = []) async throws -> [Substring] {
        let python = try #require(Installed.python)
        let weights = try #require(Installed.publishedModel)
        let script = PackageRoot.path("Tests/TextEmbeddingTests/reference_embeddings.py")
        let input = texts.map { JSONValue.string($0).serialized() + "\n" }.joined()
        let result = try await Subprocess(executable: python, arguments: [script, weights] + options).run(
            input: Array(input.utf8),
            limits: SubprocessLimits(deadline: .seconds(300))
        ).checked("python")
        let lines = result.outputText.split(separator: "\n")
        try #require(lines.count == texts.count)
        return lines
    }

    private static func encoder() throws -> SentenceEncoder {
        let model = try #require(Installed.encoder)
        let runtime = try #require(Installed.runtime)
        return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
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
