import CommandLineInterface
import SkillCatalog
import SkillRetrieval
import SkillRouting
import SkillService
import SkillWeaver
import Storage

/// The libraries that `skillweaver serve` is asked for.
struct ServeLibraries: Sendable {
    private let values: ParsedValues
    private let options: RouterOptions
    private let context: CommandContext

    init(_ values: ParsedValues, _ options: RouterOptions, _ context: CommandContext) {
        self.values = values
        self.options = options
        self.context = context
    }

    /// - Parameter servers: MCP servers whose tools are a library of their own, the first one.
    func open(with servers: ConfiguredServers?) async throws -> [ServedLibrary] {
        var references = try await references()
        if let servers {
            references.insert(.named(try servers.location(in: options.home).name), at: 0)
        } else if references.isEmpty {
            references = [.bundled]
        }
        var libraries: [ServedLibrary] = []
        for (place, reference) in references.enumerated() {
            let router = try await SkillRouter(library: reference, options: options)
            let inventory = try await RouterResources.catalog(reference, options: options)
            guard !libraries.contains(where: { $0.name == inventory.name }) else {
                throw CommandError.usage("two libraries are called '\(inventory.name)'")
            }
            let own = place == 0 ? servers : nil
            let sync = try await self.sync(of: router, servers: own)
            libraries.append(
                ServedLibrary(
                    router: router,
                    inventory: inventory,
                    sync: sync,
                    counter: try options.installation.tokenCounter()
                )
            )
        }
        return libraries
    }

    private func references() async throws -> [LibraryReference] {
        let names = values[ServeOptions.libraries]
        guard let store = try values.store else {
            return names.map { $0.contains("/") ? .source($0) : .named($0) }
        }
        let shared = try await PostgreSQLStore(store.address).libraryNames()
        if names.isEmpty { return shared.sorted().map { .shared($0, store) } }
        return names.map { name in
            shared.contains(name) ? .shared(name, store) : name.contains("/") ? .source(name) : .named(name)
        }
    }

    /// How the library is kept in step: by its servers' word, by its sources, or, where another process does it, not at all.
    private func sync(of router: SkillRouter, servers: ConfiguredServers?) async throws -> LibrarySync {
        let options = options
        if let servers {
            let sync = LibrarySync { try await servers.index(asking: .all, options) }
            await sync.watch { sync in
                for await name in servers.pool.changes() {
                    do {
                        let report = try await servers.index(asking: .changed([name]), options)
                        await sync.note(.updated(report, seconds: 0))
                    } catch {
                        await sync.note(.failed(message: "the tools of \(name) have changed: \(error)"))
                    }
                }
            }
            return sync
        }
        guard let location = (await router.index as? IndexedLibrary)?.library.location else { return LibrarySync() }
        let sync = LibrarySync {
            let indexer = try RouterResources.indexer(
                embedder: try await RouterResources.embedder(options),
                options: options
            )
            let report = try await indexer.index(try await Self.sources(of: location), into: location)
            try await indexer.maintain(location)
            return report
        }
        if values[ServeOptions.watch] {
            await sync.watch { sync in
                let indexer = try RouterResources.indexer(
                    embedder: try await RouterResources.embedder(options),
                    options: options
                )
                var indexing = IndexingOptions()
                indexing.holder = "skillweaver serve --watch"
                try await LibraryWatch(indexer: indexer)
                    .run(try await Self.sources(of: location), of: location, options: indexing) { event in
                        await sync.note(event)
                    }
            }
        }
        return sync
    }

    private static func sources(of location: LibraryLocation) async throws -> [any SkillSource] {
        try await SkillLibrary(at: location).summary().sources.map {
            SkillPath(path: $0.location, name: $0.name, formats: CommandContext.formats)
        }
    }
}
