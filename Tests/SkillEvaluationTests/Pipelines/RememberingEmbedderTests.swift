import Synchronization
import Testing
import TextEmbedding

@testable import SkillEvaluation

@Suite("Embedding each text once")
struct RememberingEmbedderTests {
    /// Counts what it is asked; the vector of a text is its length.
    private final class CountingEmbedder: Embedder {
        let model = EmbeddingModel(name: "counting", fingerprint: "1", dimensions: 1)
        let asked = Mutex<[[String]]>([])

        func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
            asked.withLock { $0.append(texts) }
            return EmbeddingMatrix(dimensions: 1, values: texts.map { Float($0.utf8.count) })
        }
    }

    @Test("asks for new texts only, keeps the order, and begins anew when told to forget")
    func remembering() async throws {
        let counting = CountingEmbedder()
        let embedder = RememberingEmbedder(counting)
        #expect(try await embedder.embed(["a", "bb", "a"], as: .query).values == [1, 2, 1])
        #expect(try await embedder.embed(["ccc", "bb"], as: .query).values == [3, 2])
        #expect(try await embedder.embed(["a"], as: .document).values == [1])
        await embedder.forget()
        #expect(try await embedder.embed(["bb"], as: .query).values == [2])
        #expect(counting.asked.withLock(\.self) == [["a", "bb"], ["ccc"], ["a"], ["bb"]])
    }
}
