import SkillCatalog
import SkillRetrieval
package import SkillRouting
import Storage
package import TextEmbedding

/// What evaluations share: the encoder, the router's options, and the libraries that were indexed for them.
///
/// Libraries are kept in the home's cache, so that a second run embeds nothing again.
package actor EvaluationWorkbench {
    package nonisolated let embedder: any Embedder
    package nonisolated let options: RouterOptions
    /// The encoder, for batches that several runs need.
    nonisolated let batches: BatchMemory
    nonisolated let queries = QueryMemory()
    private var libraries: [LibraryKey: BenchmarkLibrary] = [:]

    private struct LibraryKey: Hashable {
        let file: String
        let hasCategory: Bool
    }

    /// The cross-encoder that the options name; nil where they name none.
    nonisolated let crossEncoder: CrossEncoderReranker?

    /// The parts of retrieval that can be judged with these options.
    package nonisolated var retrievalSystems: [BenchmarkSystem] {
        RetrievalBenchmark.systems + (crossEncoder == nil ? [] : [.cross])
    }

    /// Finds the encoder; nothing is loaded yet.
    package init(options: RouterOptions) async throws {
        embedder = try await RouterResources.embedder(options)
        batches = BatchMemory(embedder)
        crossEncoder = try RouterResources.crossEncoder(options)
        self.options = options
    }

    /// The encoder in one word: its name, and the beginning of its fingerprint.
    nonisolated var encoder: String { "\(embedder.model.name)@\(embedder.model.fingerprint.prefix(12))" }

    /// A library ready for search, indexed on first use.
    ///
    /// - Parameter hasCategory: Whether the gold label stands in the indexed text; only for the ablation that shows
    ///   what that leak is worth.
    func library(_ file: LibraryFile, hasCategory: Bool) async throws -> BenchmarkLibrary {
        let key = LibraryKey(file: file.path, hasCategory: hasCategory)
        if let known = libraries[key] { return known }
        let library = try await BenchmarkLibrary(file, hasCategory: hasCategory, at: location(key), self)
        libraries[key] = library
        return library
    }

    private func location(_ key: LibraryKey) -> LibraryLocation {
        let parts = [FileSystem.absolute(key.file), EntryEncoder.fingerprint(embedder.model), "\(key.hasCategory)"]
        let digest = ContentHash(of: parts.joined(separator: "\n")).hexadecimal.prefix(16)
        return LibraryLocation(folder: "\(options.home.folder)/cache/benchmarks/\(digest)")
    }
}
