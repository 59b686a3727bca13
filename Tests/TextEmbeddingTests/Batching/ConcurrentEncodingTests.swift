import TestSupport
import Testing

@testable import TextEmbedding

@Suite(
    "The sentence encoder under many callers",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct ConcurrentEncodingTests {
    private static let skills = [
        "send an e-mail to a list of people", "resize and crop images", "query a PostgreSQL database",
        "book a flight and a hotel", "translate text between languages", "draw a bar chart of a table",
        "read and write files of a workspace", "search the web for news",
    ]
    private static let queries = (0..<120).map { number in
        let skill = skills[number % skills.count]
        let longer = String(repeating: " with every detail that was mentioned", count: number % 7)
        return "\(number) times: \(skill)\(longer)"
    }

    @Test("gives each what it gives a caller alone, and ranks alike", .timeLimit(.minutes(5)))
    func sameAsAlone() async throws {
        let encoder = try encoder()
        var alone: [EncodedText] = []
        for query in Self.queries { alone.append(try await encoder.encode(query, as: .query)) }
        let together = try await atOnce(encoder)
        let documents = try await encoder.embed(Self.skills, as: .document)
        try #require(together.count == alone.count)
        for (left, right) in zip(alone, together) {
            #expect(left.tokens == right.tokens)
            #expect(cosine(left.vector[...], right.vector[...]) > 0.9995)
            for row in 0..<left.states.rows {
                // A single state is less exact than the mean of all: 16 bits a number, in six layers.
                #expect(cosine(left.states[row], right.states[row]) > 0.995)
            }
            #expect(nearest(left.vector, documents) == nearest(right.vector, documents))
        }
    }

    @Test("answers the others where some are cancelled", .timeLimit(.minutes(5)))
    func cancellation() async throws {
        let encoder = try encoder()
        let tasks = Self.queries.map { query in Task { try await encoder.embed([query], as: .query) } }
        for (number, task) in tasks.enumerated() where number % 3 == 0 { task.cancel() }
        for (number, task) in tasks.enumerated() {
            switch await task.result {
            case .success(let matrix): #expect(matrix.rows == 1)
            case .failure(let error): #expect(error is CancellationError && number % 3 == 0)
            }
        }
    }

    @Test("tells everybody where the runtime is missing", .timeLimit(.minutes(5)))
    func noRuntime() async throws {
        let model = try #require(Installed.encoder)
        let encoder = try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: "/nowhere/none.so"))
        let tasks = Self.queries.map { query in Task { try await encoder.embed([query], as: .query) } }
        for task in tasks {
            let error = await #expect(throws: EmbeddingError.self) { try await task.value }
            #expect(error?.kind == .runtimeMissing)
        }
    }

    private func atOnce(_ encoder: SentenceEncoder) async throws -> [EncodedText] {
        try await withThrowingTaskGroup { group in
            for (number, query) in Self.queries.enumerated() {
                group.addTask { (number, try await encoder.encode(query, as: .query)) }
            }
            return try await group.reduce(into: [(Int, EncodedText)]()) { $0.append($1) }
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The nearest document.
    private func nearest(_ vector: [Float], _ documents: EmbeddingMatrix) -> Int? {
        let scores = (0..<documents.rows).map { cosine(vector[...], documents[$0]) }
        return scores.indices.max { scores[$0] < scores[$1] }
    }

    private func encoder() throws -> SentenceEncoder {
        let model = try #require(Installed.encoder)
        let runtime = try #require(Installed.runtime)
        return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
    }

    private func cosine(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Float {
        var (product, first, second) = (Float(0), Float(0), Float(0))
        for (a, b) in zip(left, right) {
            product += a * b
            first += a * a
            second += b * b
        }
        return product / (first * second).squareRoot()
    }
}
