import JSONSchema
import SkillCatalog
import Storage
import TextEmbedding

/// Writes one generation of a shared library from a working copy, inside an open transaction: what differs from the
/// generation before is written, the rest stays.
struct Publication {
    private static let page = 256
    /// Share of the entries that must be new for a table of their own.
    private static let newShelfShare = 0.5

    let library: Int
    let generation: Int
    /// The generation before; nil where there is none.
    let before: GenerationTables?
    let rows: CatalogRows
    let connection: PostgreSQLConnection

    /// The rows that differ.
    private struct Difference {
        var added: Set<Int64> = []
        var removed: [Int64] = []
    }

    func write() throws {
        let summary = try rows.summary()
        let skills = try difference(
            stored: before.map { "skillweaver_skills s WHERE \($0.own("s"))" },
            pages: { after in
                try rows.skills(after: after, limit: Self.page).map { ($0.number, Self.digest($0)) }
            }
        )
        var entries = try difference(
            stored: before.map { "\($0.entries) e WHERE \($0.alive("e"))" },
            pages: { after in
                try rows.entries(after: after, limit: Self.page, withEncodings: false).map {
                    ($0.number, Self.digest($0))
                }
            }
        )
        let shelf = try shelf(for: summary, added: entries.added.count)
        let tables = GenerationTables(library: library, generation: generation, shelf: shelf)
        let isNewShelf = shelf == generation
        try write(skills)
        var words = SharedWords(tables: tables, before: before, connection: connection)
        words.entries = summary.entryCount
        if isNewShelf {
            // Everything goes into the new table; the old one stays as it is for those who still read it.
            entries.added = []
            try words.remove(all: true, [])
        } else {
            try words.remove(all: false, entries.removed)
        }
        try eachPage(of: entries.added, all: isNewShelf, withEncodings: false) { words.add($0) }
        try words.write()
        if isNewShelf {
            try connection.execute(PostgreSQLSchema.makeShelf(tables.entries, dimensions: summary.dimensions))
        } else {
            try connection.run(
                "UPDATE \(tables.entries) SET died = $1 WHERE died = \(Int32.max) AND number = ANY($2::bigint[])",
                PostgreSQLValue(generation),
                .integers(entries.removed)
            )
        }
        try eachPage(of: entries.added, all: isNewShelf, withEncodings: true) {
            try insert($0, into: tables.entries, words: &words)
        }
        if isNewShelf {
            try connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
            try connection.execute(PostgreSQLSchema.indexShelf(tables.entries, dimensions: summary.dimensions))
        }
        try writeParts(tables, dimensions: summary.dimensions)
        try record(summary, shelf: shelf)
    }

    /// A table of its own is begun where there is none for these vectors, and where most entries are new: loading first
    /// and indexing then is many times faster than adding to an index.
    private func shelf(for summary: LibrarySummary, added: Int) throws -> Int {
        guard let before else { return generation }
        let known = try connection.query(
            "SELECT dimensions FROM skillweaver_generations WHERE library = $1 AND generation = $2",
            PostgreSQLValue(library),
            PostgreSQLValue(before.generation)
        ) { $0.int(0) }.first
        let isLarge = added > 500 && Double(added) > Self.newShelfShare * Double(summary.entryCount)
        return known != summary.dimensions || isLarge ? generation : before.shelf
    }

    // MARK: - Differences

    private func difference(
        stored: String?,
        pages: (_ after: Int64) throws -> [(number: Int64, digest: [UInt8])]
    ) throws -> Difference {
        var known: [Int64: [UInt8]] = [:]
        if let stored {
            let rows = try connection.query("SELECT number, digest FROM \(stored)") { ($0.integer(0), $0.bytes(1)) }
            known = Dictionary(rows) { first, _ in first }
        }
        var difference = Difference()
        var last: Int64 = -1
        while true {
            let page = try pages(last)
            guard let end = page.last else { break }
            for row in page {
                let stored = known.removeValue(forKey: row.number)
                if stored == row.digest { continue }
                if stored != nil { difference.removed.append(row.number) }
                difference.added.insert(row.number)
            }
            last = end.number
        }
        difference.removed += known.keys
        return difference
    }

    private static func digest(_ skill: CatalogRows.SkillRow) -> [UInt8] {
        digest([skill.id, skill.name, skill.source, "\(skill.toolCount)", "\(skill.line ?? 0)", skill.body])
    }

    private static func digest(_ row: CatalogRows.EntryRow) -> [UInt8] {
        let entry = row.entry
        let hash = ContentHash(of: entry.hash).hexadecimal
        return digest([
            "\(row.skill)", entry.tool ?? "\u{1}", entry.text.name, entry.text.description, entry.text.details, hash,
        ])
    }

    private static func digest(_ fields: [String]) -> [UInt8] {
        Array(ContentHash(of: fields.map { "\($0.utf8.count):\($0)" }.joined()).bytes.prefix(16))
    }

    // MARK: - Rows

    private func write(_ difference: Difference) throws {
        if !difference.removed.isEmpty {
            try connection.run(
                """
                UPDATE skillweaver_skills SET died = $1
                WHERE library = $2 AND died = \(Int32.max) AND number = ANY($3::bigint[])
                """,
                PostgreSQLValue(generation),
                PostgreSQLValue(library),
                .integers(difference.removed)
            )
        }
        var last: Int64 = -1
        while !difference.added.isEmpty {
            let page = try rows.skills(after: last, limit: Self.page)
            guard let end = page.last else { return }
            last = end.number
            let skills = page.filter { difference.added.contains($0.number) }
            guard !skills.isEmpty else { continue }
            try connection.run(
                """
                INSERT INTO skillweaver_skills (library, number, born, id, name, source, tags, tools, line, hash,
                    digest, body)
                SELECT $1, number, $2, id, name, source, string_to_array(tags, chr(31)), tools, nullif(line, 0), hash,
                    digest, body
                FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
                    $10::bytea[], $11::bytea[], $12::text[])
                AS r (number, id, name, source, tags, tools, line, hash, digest, body)
                """,
                PostgreSQLValue(library),
                PostgreSQLValue(generation),
                .integers(skills.map(\.number)),
                .texts(skills.map { Self.clean($0.id) }),
                .texts(skills.map { Self.clean($0.name) }),
                .texts(skills.map { Self.clean($0.source) }),
                .texts(skills.map { Self.clean(Self.tags($0.body).joined(separator: "\u{1F}")) }),
                .integers(skills.map { Int64($0.toolCount) }),
                .integers(skills.map { Int64($0.line ?? 0) }),
                .byteLists(skills.map(\.hash)),
                .byteLists(skills.map(Self.digest)),
                .texts(skills.map { Self.clean($0.body) })
            )
        }
    }

    private func eachPage(
        of numbers: Set<Int64>,
        all: Bool,
        withEncodings: Bool,
        _ body: ([CatalogRows.EntryRow]) throws -> Void
    ) throws {
        guard all || !numbers.isEmpty else { return }
        // Entries above the last number that is wanted need not be read.
        var last = all ? -1 : (numbers.min() ?? 0) - 1
        let end = all ? Int64.max : numbers.max() ?? -1
        while last < end {
            let page = try rows.entries(after: last, limit: Self.page, withEncodings: withEncodings)
            guard let final = page.last else { return }
            last = final.number
            let wanted = all ? page : page.filter { numbers.contains($0.number) }
            if !wanted.isEmpty { try body(wanted) }
        }
    }

    private func insert(_ entries: [CatalogRows.EntryRow], into table: String, words: inout SharedWords) throws {
        let vectors = entries.map { words.vector(of: $0) }
        try connection.run(
            """
            INSERT INTO \(table) (number, born, skill, tool, name, description, details, hash, digest, vector, words,
                length, pieces, states)
            SELECT number, $1, skill, tool, name, description, details, hash, digest, vector::vector, words::tsvector,
                length, pieces, states
            FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
                $9::bytea[], $10::text[], $11::text[], $12::real[], $13::bytea[], $14::bytea[])
            AS r (number, skill, tool, name, description, details, hash, digest, vector, words, length, pieces, states)
            """,
            PostgreSQLValue(generation),
            .integers(entries.map(\.number)),
            .integers(entries.map(\.skill)),
            .texts(entries.map { $0.entry.tool.map(Self.clean) }),
            .texts(entries.map { Self.clean($0.entry.text.name) }),
            .texts(entries.map { Self.clean($0.entry.text.description) }),
            .texts(entries.map { Self.clean($0.entry.text.details) }),
            .byteLists(entries.map(\.entry.hash)),
            .byteLists(entries.map(Self.digest)),
            .texts(
                entries.map { row in
                    PostgreSQLValue.text(ofVector: row.entry.encoding.vector.withUnsafeBytes(VectorBlob.decode))
                }
            ),
            .texts(vectors.map(\.literal)),
            .reals(vectors.map { Float($0.length(words.weight)) }),
            .byteLists(entries.map(\.entry.encoding.pieces)),
            .byteLists(entries.map(\.entry.encoding.states))
        )
    }

    /// PostgreSQL has no character zero.
    private static func clean(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "") : text
    }

    private static func tags(_ body: String) -> [String] {
        let tags = (try? JSONParser.parse(body))?["tags"]?.arrayValue ?? []
        return tags.compactMap(\.stringValue)
    }

    // MARK: - The whole

    private func writeParts(_ tables: GenerationTables, dimensions: Int) throws {
        var statistics = SharedStatistics(dimensions: dimensions)
        try eachPage(of: [], all: true, withEncodings: true) { page in
            for row in page {
                statistics.add(
                    vector: row.entry.encoding.vector.withUnsafeBytes(VectorBlob.decode),
                    pieces: row.entry.encoding.pieces
                )
            }
        }
        let inverse = try connection.query(
            """
            SELECT coalesce(avg(1 / length::float8), 0) FROM \(tables.entries) e
            WHERE \(tables.alive("e")) AND length > 0
            """
        ) { $0.real(0) }.first
        statistics.finish(meanInverseLength: inverse ?? 0)
        var parts = [("statistics", statistics.bytes)]
        for part in LibraryPart.allCases {
            if let content = try rows.part(part) { parts.append((part.rawValue, content)) }
        }
        try connection.run(
            "UPDATE skillweaver_parts SET died = $1 WHERE library = $2 AND died = \(Int32.max)",
            PostgreSQLValue(generation),
            PostgreSQLValue(library)
        )
        for (name, content) in parts {
            try connection.run(
                "INSERT INTO skillweaver_parts (library, name, born, content) VALUES ($1, $2, $3, $4)",
                PostgreSQLValue(library),
                .text(name),
                PostgreSQLValue(generation),
                .bytes(content)
            )
        }
    }

    private func record(_ summary: LibrarySummary, shelf: Int) throws {
        try connection.run(
            """
            INSERT INTO skillweaver_generations (library, generation, shelf, model_name, model_fingerprint, dimensions,
                skills, tools, entries, sources)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            PostgreSQLValue(library),
            PostgreSQLValue(generation),
            PostgreSQLValue(shelf),
            .text(summary.modelName),
            .text(summary.modelFingerprint),
            PostgreSQLValue(summary.dimensions),
            PostgreSQLValue(summary.skillCount),
            PostgreSQLValue(summary.toolCount),
            PostgreSQLValue(summary.entryCount),
            .text(SourceText.encode(summary.sources))
        )
    }
}
