package import TextEmbedding

/// Gives the texts of a `GeneratedLibrary` the crossed vectors of the real texts they are made from, and encodes all
/// other texts with the real encoder.
///
/// A million texts would take the encoder half an hour; their vectors are what a search is measured on, not how they came
/// about. Each is the direction of share·v₁ + (1 − share)·v₂ + noise of length .3.
package struct MixingEmbedder: Embedder {
    private static let noise: Float = 0.3

    private let encoder: any Embedder
    private let seeds: EmbeddingMatrix

    /// - Parameter seeds: vectors of the real texts, in their order.
    package init(encoder: any Embedder, seeds: EmbeddingMatrix) {
        self.encoder = encoder
        self.seeds = seeds
    }

    package var model: EmbeddingModel { encoder.model }

    package func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        let numbers = texts.map(MixRecipe.number)
        let real = zip(texts, numbers).filter { $1 == nil }.map(\.0)
        let encoded = real.isEmpty ? nil : try await encoder.embed(real, as: role)
        var result = EmbeddingMatrix(dimensions: seeds.dimensions)
        var place = 0
        for number in numbers {
            if let number {
                result.append(vector(number))
            } else if let encoded {
                result.append(encoded[place])
                place += 1
            }
        }
        return result
    }

    private func vector(_ number: Int) -> [Float] {
        let recipe = MixRecipe(number, of: seeds.rows)
        var random = RandomSource(seed: recipe.noiseSeed)
        var noise = (0..<seeds.dimensions).map { _ in Float(random.next(below: 2_001)) / 1_000 - 1 }
        let scale = Self.noise / length(noise)
        for index in noise.indices { noise[index] *= scale }
        let (one, other) = (seeds[recipe.first], seeds[recipe.second])
        var mixed = zip(zip(one, other), noise).map { recipe.share * $0.0 + (1 - recipe.share) * $0.1 + $1 }
        let whole = length(mixed)
        for index in mixed.indices { mixed[index] /= whole }
        return mixed
    }

    private func length(_ values: [Float]) -> Float { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
