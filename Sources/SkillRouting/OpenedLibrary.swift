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
        make: @escaping @Sendable (any SearchableLibrary) async throws -> Generation
    ) async -> LiveLibrary<Generation> {
        switch self {
        case .files(let library):
            let location = library.library.location
            return await LiveLibrary(location, opened: opened, number: library.summary.generation) {
                try await make(IndexedLibrary.open(location, for: model))
            }
        case .shared(let library):
            let (name, store) = (library.name, library.store)
            let monitor = SharedLibraryMonitor(name, in: store, known: library.summary.generation)
            return LiveLibrary(opened: opened, hasNews: { await monitor.hasNews() }) {
                try await make(PostgreSQLLibrary.open(name, in: store, for: model))
            }
        }
    }
}
