package import SkillCatalog
package import SkillRetrieval
import Storage
package import TextEmbedding

/// Opens what a router needs: an embedder with its cache, and a library that is in step with its source.
package enum RouterResources {
    /// The embedder the options name, or the built-in encoder; of a server it is asked whether it is there.
    package static func embedder(_ options: RouterOptions) async throws -> any Embedder {
        if let embedder = options.embedder { return embedder }
        try options.home.prepare()
        if let endpoint = options.embeddingEndpoint { return try await RemoteEmbedder.connect(to: endpoint) }
        let files = try options.installation.encoderFiles(cache: options.home.compiledModels)
        return try SentenceEncoder(files: files)
    }

    /// The cross-encoder the options name; nil where they name none.
    package static func crossEncoder(_ options: RouterOptions) throws -> CrossEncoderReranker? {
        guard let folder = options.crossEncoder else { return nil }
        try options.home.prepare()
        var files = try options.installation.encoderFiles(cache: options.home.compiledModels)
        files.model = FileSystem.absolute(folder)
        return CrossEncoderReranker(model: try CrossEncoder(files: files))
    }

    /// Gets a slow-starting embedder ready.
    package static func warmUp(_ embedder: any Embedder) async throws {
        if let encoder = embedder as? SentenceEncoder { try await encoder.prepare() }
    }

    /// Opens a library for search, wherever it is.
    static func opened(
        _ reference: LibraryReference,
        embedder: any Embedder,
        options: RouterOptions
    ) async throws -> OpenedLibrary {
        guard case .shared(let name, let store) = reference else {
            return .files(try await open(reference, embedder: embedder, options: options))
        }
        let database = PostgreSQLStore(store.address)
        let known = try await database.libraryName(name)
        let library = try await PostgreSQLLibrary.open(known, in: database, for: embedder.model)
        try await library.check(embedder)
        return .shared(library)
    }

    /// Opens a library in files of this machine.
    package static func open(
        _ reference: LibraryReference,
        embedder: any Embedder,
        options: RouterOptions
    ) async throws -> IndexedLibrary {
        switch reference {
        case .named(let name) where name != SkillHome.bundledLibrary:
            let library = try await IndexedLibrary.open(try options.home.library(named: name), for: embedder.model)
            try await library.check(embedder)
            return library
        case .named, .bundled:
            guard let folder = options.installation.bundledSkills else {
                throw LibraryError(
                    .notFound,
                    "the bundled skills were not found beside the program; name a library with --library"
                )
            }
            let location = try options.home.library(named: SkillHome.bundledLibrary)
            return try await openFolder(folder, at: location, embedder: embedder, options: options)
        case .shared(_, let store):
            throw LibraryError(.notFound, "the libraries in \(store) are not files of this machine")
        case .folder(let path), .source(let path):
            let folder = SourceAddress.isOne(path) ? path : FileSystem.absolute(path)
            let digest = ContentHash(of: folder).hexadecimal.prefix(8)
            let location = LibraryLocation(folder: "\(options.home.folder)/folders/\(digest)")
            return try await openFolder(folder, at: location, embedder: embedder, options: options)
        }
    }

    /// A library's catalog alone, for commands that search nothing.
    package static func catalog(
        _ reference: LibraryReference,
        options: RouterOptions
    ) async throws -> any SkillInventory {
        switch reference {
        case .shared(let name, let store):
            let database = PostgreSQLStore(store.address)
            return try await PostgreSQLLibrary.open(try await database.libraryName(name), in: database)
        case .named(let name) where name != SkillHome.bundledLibrary:
            return try SkillLibrary(at: try options.home.library(named: name))
        case .named, .bundled, .folder, .source:
            return try await open(reference, embedder: try await embedder(options), options: options).library
        }
    }

    /// An indexer whose documents are embedded once, whatever library they are in.
    ///
    /// - Parameter policy: how the vector index is built; nil to go on as a library was built.
    package static func indexer(
        embedder: any Embedder,
        options: RouterOptions,
        policy: IndexPolicy? = nil
    ) throws -> LibraryIndexer {
        try options.home.prepare()
        let cache = try EmbeddingCache(file: options.home.embeddings, inFrontOf: embedder)
        return LibraryIndexer(embedder: cache, policy: policy)
    }

    /// The name of the only library in a database.
    package static func libraryName(in store: LibraryStore) async throws -> String {
        try await PostgreSQLStore(store.address).libraryName(nil)
    }

    /// What a library in a database holds.
    package static func summary(of name: String, in store: LibraryStore) async throws -> LibrarySummary {
        try await PostgreSQLLibrary.open(name, in: PostgreSQLStore(store.address)).summary
    }

    /// An indexer for libraries in a database.
    package static func sharedIndexer(
        embedder: any Embedder,
        options: RouterOptions
    ) throws -> SharedLibraryIndexer {
        try options.home.prepare()
        return SharedLibraryIndexer(
            embedder: try EmbeddingCache(file: options.home.embeddings, inFrontOf: embedder),
            copies: options.home.workingCopies
        )
    }

    private static func openFolder(
        _ folder: String,
        at location: LibraryLocation,
        embedder: any Embedder,
        options: RouterOptions
    ) async throws -> IndexedLibrary {
        let stamp = SourceStamp.compute(folder: folder, model: EntryEncoder.fingerprint(embedder.model))
        if location.exists, SourceStamp.stored(in: location.folder) == stamp {
            let library = try await IndexedLibrary.open(location, for: embedder.model)
            if try await library.isCurrent(for: embedder) { return library }
        }
        let source = try SkillSources.source(at: folder, name: nil, formats: options.formats)
        _ = try await indexer(embedder: embedder, options: options).index([source], into: location)
        SourceStamp.store(stamp, in: location.folder)
        return try await IndexedLibrary.open(location, for: embedder.model)
    }
}
