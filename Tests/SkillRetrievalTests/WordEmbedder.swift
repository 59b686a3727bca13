import TextEmbedding

/// A deterministic embedder for tests: each word of a text adds to a few dimensions of its own.
///
/// Texts that share words are close, texts that share none are far; no model is needed. Counts what it embeds.
actor WordEmbedder: Embedder {
    nonisolated let model: EmbeddingModel
    private(set) var embeddedTexts: [String] = []
    private let failure: (any Error)?

    static let dimensions = 64

    init(fingerprint: String = "words-1", failingWith failure: (any Error)? = nil) {
        model = EmbeddingModel(name: "words", fingerprint: fingerprint, dimensions: Self.dimensions)
        self.failure = failure
    }

    func embed(_ texts: [String], as role: TextRole) throws -> EmbeddingMatrix {
        if let failure, role == .document { throw failure }
        if role == .document { embeddedTexts += texts }
        var matrix = EmbeddingMatrix(dimensions: Self.dimensions)
        for text in texts { matrix.append(Self.vector(text)) }
        return matrix
    }

    static func vector(_ text: String) -> [Float] {
        var values = [Float](repeating: 0, count: dimensions)
        values[0] = 0.01
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            var hash: UInt64 = 14_695_981_039_346_656_037
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            for shift in [0, 16, 32] { values[Int((hash >> UInt64(shift)) % UInt64(dimensions))] += 1 }
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }
}
