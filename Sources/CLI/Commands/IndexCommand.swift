import CommandLineInterface
import JSONSchema
import SkillRouting
import SkillWeaver
import Storage

/// `skillweaver index SOURCE… --library NAME`
struct IndexCommand: CommandDefinition {
    let name = "index"
    let summary = "Index skills into a library, or bring a library in step with its sources."
    let discussion = """
        A source is a folder of SKILL.md files, a JSONL file or a Markdown list. Only new and changed skills are embedded, \
        removed ones go. While it runs, and if it fails, the library stays usable as it was.

        Without SOURCE the sources of the last time are read again. Without --library the library is called like its \
        first source. A source that cannot be read keeps what the library has of it, and the others are read all the same; \
        the command then exits with 1.

        With --watch the command goes on until it is interrupted, and says on one line what each change of the sources \
        did to the library.
        """
    let examples = [
        CommandExample("Index a folder of skills", "skillweaver index ./skills --library mine"),
        CommandExample("Read its sources again", "skillweaver index --library mine"),
        CommandExample("Keep a library in step", "skillweaver index ./skills --library mine --watch"),
    ]

    let sources = Argument<[String]>("SOURCE", atLeast: 0, "Folder, .jsonl file or .md list.")
    let strict = Flag(
        "strict",
        "Exit with 1 when a record was skipped or is suspicious, and change nothing when a source cannot be read."
    )
    let watch = Flag("watch", "Go on, and bring the library in step whenever a source changes.")

    var parameters: [any ParameterDeclaration] { [sources, GlobalOptions.library, strict, watch] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = context.routerOptions(values)
        let location = try location(values, options: options)
        let sources = try await sources(values, location: location)
        let embedder = try RouterResources.embedder(options)
        let indexer = try RouterResources.indexer(embedder: embedder, options: options)
        var indexing = IndexingOptions()
        indexing.stopsAtUnreadableSource = values[strict]
        if values[watch] {
            return try await follow(sources, location, indexer, indexing, console: context.console)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let report = try await context.console.withProgress("Indexing \(location.name)") { progress in
            try await indexer.index(sources, into: location, options: indexing) { progress.advance(to: $0.skills) }
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

    private func location(_ values: ParsedValues, options: RouterOptions) throws -> LibraryLocation {
        if let name = values[GlobalOptions.library] {
            guard name != SkillHome.bundledLibrary else {
                throw CommandError.usage("the library '\(name)' is kept by the program itself; choose another name")
            }
            return try options.home.library(named: name)
        }
        guard let first = values[sources].first else {
            throw CommandError.usage("name a SOURCE to index, or a library with --library to bring up to date")
        }
        let stem = FileSystem.name(of: FileSystem.absolute(first)).split(separator: ".").first.map(String.init) ?? first
        return try options.home.library(named: stem)
    }

    private func sources(_ values: ParsedValues, location: LibraryLocation) async throws -> [any SkillSource] {
        if !values[sources].isEmpty {
            return values[sources].map { SkillPath(path: FileSystem.absolute($0)) }
        }
        let known = try await SkillLibrary(at: location).summary().sources
        return known.map { SkillPath(path: $0.location, name: $0.name) }
    }
}
