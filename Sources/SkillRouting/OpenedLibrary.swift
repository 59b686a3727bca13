import SkillCatalog
import SkillRetrieval
import TextEmbedding

/// A library that a router was opened with: files of this machine, or a database that many share.
enum OpenedLibrary: Sendable {
    case files(IndexedLibrary)
    case shared(PostgreSQLLibrary)

    var index: any SearchableLibrary {
        switch self {
        case .files(let library): library
        case .shared(let library): library
        }
    }

    /// Follows the library's updates.
    ///
    /// - Parameters:
    ///   - opened: what was made of the library as it was opened.
    ///   - make: makes the same of a later generation.
    func live<Generation: Sendable>(
        _ opened: Generation,
        for model: EmbeddingModel,
        library: @escaping @Sendable (Generation) -> any SearchableLibrary,
        make: @escaping @Sendable (any SearchableLibrary) async throws -> Generation
    ) async -> LiveLibrary<Generation> {
        switch self {
        case .files(let files):
            let (location, summary) = (files.library.location, files.summary)
            return await LiveLibrary(location, opened: opened, number: summary.generation) { before in
                let known = before.map(library) as? IndexedLibrary
                return try await make(IndexedLibrary.open(location, for: model, reusing: known))
            }
        case .shared(let shared):
            let (name, store) = (shared.name, shared.store)
            let monitor = SharedLibraryMonitor(name, in: store, known: shared.summary.generation)
            return LiveLibrary(opened: opened, hasNews: { await monitor.hasNews() }) { _ in
                try await make(PostgreSQLLibrary.open(name, in: store, for: model))
            }
        }
    }
}
