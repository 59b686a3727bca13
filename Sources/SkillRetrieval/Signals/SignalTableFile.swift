package import SkillCatalog
import Storage

/// Builds, writes and opens the signal table of a library.
package enum SignalTableFile {
    private static let pageSize = 4_096
    /// Entries below which a table is made again with every update, in less time than a second one costs a reader.
    private static let segmentedFrom = 4_096
    /// Entries changed since a table was made, up to which it stays as it is.
    private static let recentLimit = 1_024

    /// Hands out up to `limit` entries with numbers greater than the one given, in order.
    package typealias Page = (_ after: Int64, _ limit: Int) async throws -> [IndexedRow]

    /// The content of a table of the entries with numbers above `start`.
    ///
    /// - Parameter background: what the library holds besides.
    package static func build(
        dimensions: Int,
        after start: Int64 = -1,
        background: SignalTable? = nil,
        page: Page
    ) async throws -> [UInt8]? {
        var builder = SignalTableBuilder(dimensions: dimensions, background: background)
        var last = start
        while true {
            try Task.checkCancellation()
            let rows = try await page(last, pageSize)
            guard let end = rows.last else { return last == start ? nil : builder.build() }
            builder.add(rows)
            last = end.number
        }
    }

    /// Puts a file in place when it is complete and on the disk.
    static func write(_ content: [UInt8], to file: String) throws {
        let temporary = file + ".partial"
        do {
            try FileSystem.write(content, to: temporary)
            try FileSystem.commit(temporary, as: file)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }

    /// Brings the table in step with an update: beside that of the generation before, which readers may have mapped.
    ///
    /// - Parameter isLarge: whether entries that came since the table was made may be many, because somebody sees to it
    ///   that it is made again.
    static func write(
        generation: Int,
        previous: Int,
        dimensions: Int,
        isLarge: Bool,
        from update: LibraryUpdate
    ) async throws {
        let file = update.location.words(generation: generation)
        let old = update.location.words(generation: previous)
        if previous > 0, await update.entryCount > segmentedFrom, let table = try? SignalTable(file: old),
            table.layout.dimensions == dimensions
        {
            let recent = try await update.entryCount(after: table.lastNumber)
            let gone = table.count + recent - (await update.entryCount)
            let limit = isLarge ? max(recentLimit, table.count / 4) : recentLimit
            if gone >= 0, gone + recent <= limit, FileSystem.link(old, as: file) { return }
        }
        let content = try await build(dimensions: dimensions) { try await update.rows(after: $0, limit: $1) }
        if let content { try write(content, to: file) }
    }

    /// Opens the table of a library's generation and gathers what is newer; one that is missing or damaged is made again
    /// from the catalog.
    ///
    /// - Returns: nil when the generation is not the newest any more and its file is gone.
    static func open(of library: SkillLibrary, summary: LibrarySummary) async throws -> LibrarySignals? {
        let file = library.location.words(generation: summary.indexGeneration)
        let dimensions = summary.dimensions
        if let base = try? SignalTable(file: file), base.layout.dimensions == dimensions {
            let content = try await build(dimensions: dimensions, after: base.lastNumber, background: base) {
                try await library.rows(after: $0, limit: $1)
            }
            let recent = try content.map { try SignalTable($0) }
            let gone = base.count + (recent?.count ?? 0) - summary.entryCount
            if gone == 0 { return LibrarySignals(base: base, recent: recent) }
            if gone > 0 {
                let kept = try await library.entryNumbers(upTo: base.lastNumber)
                return LibrarySignals(base: base, recent: recent, gone: base.numbers(besides: kept))
            }
        }
        let newest = try await SkillLibrary(at: library.location).summary()
        guard newest.indexGeneration == summary.indexGeneration else { return nil }
        let content = try await build(dimensions: dimensions) { try await library.rows(after: $0, limit: $1) } ?? []
        // Kept for the next start where possible; a read-only library is searched all the same.
        try? write(content, to: file)
        return try LibrarySignals(content)
    }
}
