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

    /// One encoding a text, in order, without token states.
    package func encode(_ texts: [IndexedText]) async throws -> [TextEncoding] {
        let sentences = try await embedder.embed(texts.map(\.sentence), as: .document)
        let names = try await names(of: texts)
        return zip(texts.indices, names).map { index, name in
            TextEncoding(vector: vector(sentence: sentences[index], name: name))
        }
    }

    /// One encoding a text, in order, with token states where the encoder gives any.
    ///
    /// - Parameter projection: the library's; nil where it has none yet, and then it is fitted to these texts.
    package func encode(
        _ texts: [IndexedText],
        fitting projection: inout StoredProjection
    ) async throws -> [TextEncoding] {
        guard let encoder = embedder.tokenEncoder else { return try await encode(texts) }
        var encodings: [TextEncoding] = []
        let names = try await names(of: texts)
        for start in stride(from: 0, to: texts.count, by: Self.part) {
            let part = start..<min(texts.count, start + Self.part)
            let encoded = try await encoder.encode(texts[part].map(\.sentence), as: .document)
            if projection.projection == nil {
                projection.projection = TokenProjection(fittingTo: encoded, of: texts[part].map(\.sentence))
            }
            guard let fitted = projection.projection else { continue }
            for (index, text) in zip(part, encoded) {
                let states = fitted.states(of: text, in: texts[index])
                encodings.append(
                    TextEncoding(
                        vector: vector(sentence: text.vector[...], name: names[index]),
                        pieces: PieceBlob.encode(states.pieces),
                        states: states.bytes
                    )
                )
            }
        }
        return encodings
    }

    /// Texts whose token states are held at once.
    private static let part = 512

    /// The vectors of names; nil where the name is the whole text.
    private func names(of texts: [IndexedText]) async throws -> [ArraySlice<Float>?] {
        let described = texts.indices.filter { !texts[$0].description.isEmpty }
        let vectors = try await embedder.embed(described.map { texts[$0].name }, as: .document)
        var names = [ArraySlice<Float>?](repeating: nil, count: texts.count)
        for (row, index) in described.enumerated() { names[index] = vectors[row] }
        return names
    }

    private func vector(sentence: ArraySlice<Float>, name: ArraySlice<Float>?) -> [UInt8] {
        guard let name else { return VectorBlob.encode(sentence) }
        return VectorBlob.encode(Self.unit(zip(sentence, name).map { $0 + Self.nameShare * $1 }))
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

/// The projection of a library's token states while it is being updated.
package struct StoredProjection: Sendable {
    var projection: TokenProjection?

    /// - Parameter bytes: what the library has stored.
    package init(bytes: [UInt8]?) { projection = bytes.flatMap(TokenProjection.init(bytes:)) }

    package var bytes: [UInt8]? { projection?.bytes }
}
