package import SkillCatalog
import Storage
package import TextEmbedding

/// A library opened for search: its catalog and the vector index of the same generation.
package struct IndexedLibrary: Sendable {
    package let library: SkillLibrary
    package let vectors: FAISSIndex
    package let summary: LibrarySummary

    /// Opens a library for an embedder.
    ///
    /// A missing or damaged vector file is built again from the catalog.
    /// - Throws: `LibraryError.otherModel` where the library was indexed with another model.
    package static func open(_ location: LibraryLocation, for model: EmbeddingModel) async throws -> IndexedLibrary {
        let library = try SkillLibrary(at: location)
        let summary = try await library.summary()
        guard summary.generation > 0 else {
            throw LibraryError(
                .notFound,
                "the library '\(location.name)' has never been indexed completely; "
                    + "run: skillweaver index SOURCE --library \(location.name)"
            )
        }
        guard summary.modelFingerprint == model.fingerprint else {
            throw LibraryError(
                .otherModel,
                "\(location.catalog) was indexed with \(summary.modelName) (\(summary.modelFingerprint.prefix(8))), "
                    + "but the encoder in use is \(model.name) (\(model.fingerprint.prefix(8))); "
                    + "run 'skillweaver index' again for the library '\(location.name)'"
            )
        }
        let vectors = try await vectorIndex(of: library, summary: summary)
        return IndexedLibrary(library: library, vectors: vectors, summary: summary)
    }

    private static func vectorIndex(of library: SkillLibrary, summary: LibrarySummary) async throws -> FAISSIndex {
        let file = library.location.vectors(generation: summary.generation)
        if let index = try? FAISSIndex(file: file), index.dimensions == summary.dimensions { return index }
        let index = try await VectorIndexBuilder.build(dimensions: summary.dimensions) { number, limit in
            try await library.vectors(after: number, limit: limit)
        }
        // Kept for the next start where possible; a read-only library is searched all the same.
        try? await index.write(to: file)
        return index
    }
}
