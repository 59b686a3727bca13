import SkillCatalog
package import TextEmbedding

extension SearchableLibrary {
    /// Makes sure that the vectors of a library are of the model that is behind an embedder's name today.
    ///
    /// One entry is encoded again and compared with what is stored of it. Embedders whose identity says all are believed.
    /// - Throws: `LibraryError.otherModel` where they differ.
    package func check(_ embedder: any Embedder) async throws {
        guard try await isCurrent(for: embedder) else {
            throw LibraryError(
                .otherModel,
                "the library '\(summary.name)' was indexed with \(summary.modelName), but what answers to that name now gives "
                    + "other vectors; run 'skillweaver index' again for the library"
            )
        }
    }

    /// Whether an entry's vector is what the embedder says of its text today.
    package func isCurrent(for embedder: any Embedder) async throws -> Bool {
        guard embedder.isSwappable, summary.dimensions == embedder.model.dimensions else { return true }
        var direction = [Float](repeating: 0, count: summary.dimensions)
        direction[0] = 1
        let anywhere = RetrievalQuery(text: "", vector: direction)
        let found = try await shortlist([anywhere], pool: 1, filter: .everything, weights: .denseOnly)
        guard let number = found.first?.entries.first?.number, let entry = try await entries([number])[number],
            let encoding = try await EntryEncoder(embedder: embedder).encode([entry.text]).first
        else { return true }
        let query = RetrievalQuery(text: "", vector: encoding.vector.withUnsafeBytes(VectorBlob.decode))
        guard let stored = try await signals(of: [number], for: query).first else { return true }
        return stored.dense > Self.leastCosine
    }

    /// Cosine above which two vectors of one text are of one model.
    private static var leastCosine: Double { 0.99 }
}
