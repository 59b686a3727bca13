import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRetrieval
import SkillRouting
import SkillWeaver
import Storage

/// `skillweaver index SOURCE… --library NAME`
struct IndexCommand: CommandDefinition {
    let name = "index"
    let summary = "Index skills into a library, or bring a library in step with its sources."
    let discussion = """
        A source is a folder of SKILL.md files, a JSONL file, a Markdown list, an OpenAPI document or a list of functions (a \
        file or its address). Only new and changed skills are embedded, \
        removed ones go. While it runs, and if it fails, the library stays usable as it was.

        Without SOURCE the sources of the last time are read again. Without --library the library is called like its \
        first source. A source that cannot be read keeps what the library has of it, and the others are read all the same; \
        the command then exits with 1.

        With --watch the command goes on until it is interrupted, and says on one line what each change of the sources \
        did to the library.

        With --store the library is kept in a PostgreSQL database with pgvector, for the routers of many machines. One \
        writer at a time changes it; a second one is told who that is, and waits for it with --wait.

        Up to 50,000 skills and tools are compared one by one, up to 4 million in lists of \
        neighbours (ivf), more in lists of coded vectors (ivfpq); --index-kind and --index-precision choose otherwise.
        """
    let examples = [
        CommandExample("Index a folder of skills", "skillweaver index ./skills --library mine"),
        CommandExample("Read its sources again", "skillweaver index --library mine"),
        CommandExample("Keep a library in step", "skillweaver index ./skills --library mine --watch"),
        CommandExample("Index what this project brings", "skillweaver index --project --library mine"),
        CommandExample(
            "Share a library",
            "skillweaver index ./skills --library mine --store postgres://skills@db.example/skills"
        ),
    ]

    let sources = Argument<[String]>("SOURCE", atLeast: 0, "Folder, .jsonl file or .md list.")
    let project = Flag("project", "Also index the trusted skills of the project in this folder.")
    let strict = Flag(
        "strict",
        "Exit with 1 when a record was skipped or is suspicious, and change nothing when a source cannot be read."
    )
    let watch = Flag("watch", "Go on, and bring the library in step whenever a source changes.")
    let wait = Flag("wait", "Where another process changes the library, wait until it is done.")

    var parameters: [any ParameterDeclaration] {
        [
            sources, GlobalOptions.library, GlobalOptions.store, project, strict, watch, wait, IndexOptions.kind,
            IndexOptions.precision, EncoderOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let store = try values.store
        let location = try await location(values, options: options, store: store)
        let sources: [any SkillSource]
        if let asked = try await projectSources(values, in: context) {
            sources = asked
        } else {
            sources = try await self.sources(values, location: location, store: store)
        }
        let policy = try await indexPolicy(values, location: location, store: store)
        let embedder = try await RouterResources.embedder(options)
        var indexing = IndexingOptions()
        indexing.stopsAtUnreadableSource = values[strict]
        if values[wait] { indexing.patience = .seconds(86_400) }
        if values[watch] {
            guard store == nil else {
                throw CommandError.usage(
                    "--watch follows a library on this machine; with --store, run 'index' regularly"
                )
            }
            let indexer = try RouterResources.indexer(embedder: embedder, options: options, policy: policy)
            return try await follow(sources, location, indexer, indexing, console: context.console)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let console = context.console
        let work = IndexingWork(
            sources: sources,
            library: location,
            store: store,
            policy: policy,
            indexing: indexing
        )
        let waiting: @Sendable (String) -> Void = { console.note("waiting: \($0)") }
        let mustWait = values[wait] ? waiting : nil
        let report = try await console.withProgress("Indexing \(location.name)") { progress in
            try await work.run(with: embedder, options, mustWait: mustWait, progress: progress)
        }
        let seconds = (clock.now - start) / .seconds(1)
        try IndexingOutput(library: location.name, console: context.console).show(report, seconds: seconds)
        return !report.failures.isEmpty || values[strict] && report.diagnosticCount > 0 ? .failed : .done
    }

    private func follow(
        _ sources: [any SkillSource],
        _ location: LibraryLocation,
        _ indexer: LibraryIndexer,
        _ options: IndexingOptions,
        console: Console
    ) async throws -> ExitCode {
        var options = options
        options.holder = "skillweaver index --watch"
        let output = IndexingOutput(library: location.name, console: console)
        do {
            try await LibraryWatch(indexer: indexer).run(sources, of: location, options: options, tell: output.show)
        } catch is CancellationError {
            console.note("\(location.name) is no longer watched")
        }
        // A watch has no other end than being interrupted.
        return .interrupted
    }

    private func indexPolicy(
        _ values: ParsedValues,
        location: LibraryLocation,
        store: LibraryStore?
    ) async throws -> IndexPolicy? {
        guard store != nil else { return try await IndexOptions.policy(values, for: location) }
        guard IndexOptions.policy(values) == nil else {
            throw CommandError.usage(
                "--index-kind and --index-precision are for libraries in files; --store has its own"
            )
        }
        return nil
    }

    /// Where the library is, or, of one in a database, what it is called.
    private func location(
        _ values: ParsedValues,
        options: RouterOptions,
        store: LibraryStore?
    ) async throws -> LibraryLocation {
        if let name = values[GlobalOptions.library] {
            guard name != SkillHome.bundledLibrary || store != nil else {
                throw CommandError.usage("the library '\(name)' is kept by the program itself; choose another name")
            }
            return try options.home.library(named: name)
        }
        guard let first = values[sources].first else {
            if values[project] { return try options.home.library(named: "project") }
            if let store { return try options.home.library(named: await RouterResources.libraryName(in: store)) }
            throw CommandError.usage("name a SOURCE to index, or a library with --library to bring up to date")
        }
        let stem = FileSystem.name(of: FileSystem.absolute(first)).split(separator: ".").first.map(String.init) ?? first
        return try options.home.library(named: stem)
    }

    /// The named sources with the trusted skills of the project; nil where the project is not asked for.
    private func projectSources(_ values: ParsedValues, in context: CommandContext) async throws -> [any SkillSource]? {
        guard values[project] else { return nil }
        let listing = try await ProjectListing(project: ".", values, in: context)
        for entry in listing.entries where entry.state != .trusted {
            context.console.warn("\(entry.folder) is left out: it is \(entry.state.rawValue)")
        }
        let folders = values[sources] + listing.trustedFolders
        guard !folders.isEmpty else {
            throw CommandError(
                "nothing-trusted",
                "no skill of this project is trusted",
                hint: "'skillweaver skills list --project' lists them, 'skillweaver trust PATH' trusts one"
            )
        }
        return folders.map { SkillPath(path: FileSystem.absolute($0)) }
    }

    private func sources(
        _ values: ParsedValues,
        location: LibraryLocation,
        store: LibraryStore?
    ) async throws -> [any SkillSource] {
        if !values[sources].isEmpty {
            return values[sources].map { place in
                let path = SourceAddress.isOne(place) ? place : FileSystem.absolute(place)
                return SkillPath(path: path, formats: CommandContext.formats)
            }
        }
        let known =
            if let store {
                try await RouterResources.summary(of: location.name, in: store).sources
            } else {
                try await SkillLibrary(at: location).summary().sources
            }
        return known.map { SkillPath(path: $0.location, name: $0.name, formats: CommandContext.formats) }
    }
}

/// One run of the indexer over the library of either store.
private struct IndexingWork: Sendable {
    var sources: [any SkillSource]
    var library: LibraryLocation
    var store: LibraryStore?
    var policy: IndexPolicy?
    var indexing: IndexingOptions

    func run(
        with embedder: any Embedder,
        _ options: RouterOptions,
        mustWait: (@Sendable (String) -> Void)?,
        progress: ProgressReporter
    ) async throws -> IndexingReport {
        guard let store else {
            let indexer = try RouterResources.indexer(embedder: embedder, options: options, policy: policy)
            let report = try await indexer.index(sources, into: library, options: indexing) {
                progress.advance(to: $0.skills)
            }
            try await indexer.maintain(library)
            return report
        }
        let indexer = try RouterResources.sharedIndexer(embedder: embedder, options: options)
        return try await indexer.index(
            sources,
            into: library.name,
            of: store.address,
            options: indexing,
            mustWait: mustWait
        ) { progress.advance(to: $0.skills) }
    }
}
