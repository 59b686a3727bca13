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
        first source.
        """
    let examples = [
        CommandExample("Index a folder of skills", "skillweaver index ./skills --library mine"),
        CommandExample("Read its sources again", "skillweaver index --library mine"),
    ]

    let sources = Argument<[String]>("SOURCE", atLeast: 0, "Folder, .jsonl file or .md list.")
    let strict = Flag("strict", "Exit with 1 when a record was skipped or is suspicious.")

    var parameters: [any ParameterDeclaration] { [sources, GlobalOptions.library, strict] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = context.routerOptions(values)
        let location = try location(values, options: options)
        let sources = try await sources(values, location: location)
        let embedder = try RouterResources.embedder(options)
        let indexer = try RouterResources.indexer(embedder: embedder, options: options)
        let clock = ContinuousClock()
        let start = clock.now
        let report = try await context.console.withProgress("Indexing \(location.name)") { progress in
            try await indexer.index(sources, into: location) { progress.advance(to: $0.skills) }
        }
        let seconds = (clock.now - start) / .seconds(1)
        try show(report, library: location.name, seconds: seconds, console: context.console)
        return values[strict] && report.diagnosticCount > 0 ? .failed : .done
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
            return try values[sources].map { try SkillSources.source(at: FileSystem.absolute($0)) }
        }
        let known = try await SkillLibrary(at: location).summary().sources
        return try known.map { try SkillSources.source(at: $0.location, name: $0.name) }
    }

    private func show(_ report: IndexingReport, library: String, seconds: Double, console: Console) throws {
        let counts = report.counts
        if console.preferences.isJSON {
            try console.writeJSON([
                "library": .string(library),
                "added": JSONValue(counts.added), "changed": JSONValue(counts.changed),
                "removed": JSONValue(counts.removed), "unchanged": JSONValue(counts.unchanged),
                "embedded_texts": JSONValue(report.embeddedTexts),
                "seconds": .number((seconds * 1_000).rounded() / 1_000),
                "skipped": JSONValue(report.errorCount),
                "diagnostic_count": JSONValue(report.diagnosticCount),
                "diagnostics": .array(report.diagnostics.map(\.json)),
            ])
            return
        }
        console.show(report.diagnostics, of: report.diagnosticCount)
        let skipped = report.errorCount > 0 ? ", \(report.errorCount) skipped" : ""
        try console.writeLine(
            "\(library): \(counts.added) added, \(counts.changed) changed, \(counts.removed) removed, "
                + "\(counts.unchanged) unchanged\(skipped) (\(rounded(seconds)) s)"
        )
    }

    private func rounded(_ seconds: Double) -> String {
        "\((seconds * 100).rounded() / 100)"
    }
}
