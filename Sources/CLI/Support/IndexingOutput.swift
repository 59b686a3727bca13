import CommandLineInterface
import JSONSchema
import SkillWeaver

/// What `skillweaver index` prints: one line an update, for people or as JSON.
struct IndexingOutput: Sendable {
    let library: String
    let console: Console

    /// Shows what an indexing run did.
    ///
    /// - Parameter warns: whether to warn of unreadable sources; a watch has told of them already.
    func show(_ report: IndexingReport, seconds: Double, warns: Bool = true) throws {
        let counts = report.counts
        if console.preferences.isJSON {
            return try console.writeJSON([
                "library": .string(library),
                "added": JSONValue(counts.added), "changed": JSONValue(counts.changed),
                "removed": JSONValue(counts.removed), "unchanged": JSONValue(counts.unchanged),
                "embedded_texts": JSONValue(report.embeddedTexts),
                "seconds": .number((seconds * 1_000).rounded() / 1_000),
                "skipped": JSONValue(report.errorCount),
                "unreadable_sources": .array(report.failures.map(json)),
                "diagnostic_count": JSONValue(report.diagnosticCount),
                "diagnostics": .array(report.diagnostics.map(\.json)),
            ])
        }
        console.show(report.diagnostics, of: report.diagnosticCount)
        for failure in report.failures where warns { console.warn("\(failure)") }
        let skipped = report.errorCount > 0 ? ", \(report.errorCount) skipped" : ""
        try console.writeLine(
            "\(library): \(counts.added) added, \(counts.changed) changed, \(counts.removed) removed, "
                + "\(counts.unchanged) unchanged\(skipped) (\((seconds * 100).rounded() / 100) s)"
        )
    }

    /// Shows what happened while a library is watched.
    @Sendable func show(_ event: LibraryWatch.Event) throws {
        switch event {
        case .updated(let report, let seconds): try show(report, seconds: seconds, warns: false)
        case .unreadable(let source, let message):
            try tell("source-unreadable", source, message) { console.warn($0) }
        case .back(let source):
            try tell("source-back", source, "\(source) can be read again") { console.note($0) }
        case .slower(let source, let message): try tell("slower", source, message) { console.note($0) }
        case .failed(let message):
            try tell("update-failed", nil, "the library stays as it was: \(message)") { console.warn($0) }
        }
    }

    private func tell(_ event: String, _ source: String?, _ message: String, talk: (String) -> Void) throws {
        guard console.preferences.isJSON else { return talk(message) }
        try console.writeJSON([
            "library": .string(library), "event": .string(event), "source": JSONValue(source),
            "message": .string(message),
        ])
    }

    private func json(_ failure: SourceFailure) -> JSONValue {
        [
            "source": .string(failure.source), "location": .string(failure.error.location),
            "message": .string(failure.error.description), "kept_skills": JSONValue(failure.keptSkills),
        ]
    }
}
