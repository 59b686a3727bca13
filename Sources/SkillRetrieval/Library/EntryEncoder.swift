package import SkillCatalog
import Storage
package import TextEmbedding

/// Turns the texts of entries into what is stored of them.
///
/// The vector of an entry is the direction of embed("name: description") + ½ embed("name"): the name says what an entry
/// is in few words, and in one text with a long description it would hardly count.
package struct EntryEncoder: Sendable {
    private static let nameShare: Float = 0.5

    private let embedder: any Embedder

    package init(embedder: any Embedder) {
        self.embedder = embedder
    }

    /// One encoding a text, in order.
    package func encode(_ texts: [IndexedText]) async throws -> [TextEncoding] {
        let described = texts.indices.filter { !texts[$0].description.isEmpty }
        let vectors = try await embedder.embed(
            texts.map(\.sentence) + described.map { texts[$0].name },
            as: .document
        )
        var encodings = texts.indices.map { Array(vectors[$0]) }
        for (position, index) in described.enumerated() {
            let name = vectors[texts.count + position]
            encodings[index] = Self.unit(zip(encodings[index], name).map { $0 + Self.nameShare * $1 })
        }
        return encodings.map { TextEncoding(vector: VectorBlob.encode($0)) }
    }

    /// Equal for texts that are encoded alike; what is found by its words alone does not count.
    package static func hash(of text: IndexedText) -> [UInt8] {
        ContentHash(of: "\(text.name)\n\(text.sentence)").bytes
    }

    /// What a library made with a model is known by: the model, and the rules that texts and vectors are made by.
    package static func fingerprint(_ model: EmbeddingModel) -> String {
        "\(model.fingerprint)+\(IndexedText.recipe)"
    }

    private static func unit(_ values: [Float]) -> [Float] {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : values
    }
}
