import SkillCatalog
import Storage

/// Keeps count, during a publication, of how many entries each word stands in.
struct SharedWords {
    /// Texts that are not read a second time.
    private static let mostRemembered = 20_000

    let tables: GenerationTables
    let before: GenerationTables?
    let connection: PostgreSQLConnection
    private var changes: [String: Int] = [:]
    private var frequencies: [String: Int] = [:]
    /// Entries of the whole library.
    var entries = 0
    private var remembered: [Int64: WordVector] = [:]

    init(tables: GenerationTables, before: GenerationTables?, connection: PostgreSQLConnection) {
        self.tables = tables
        self.before = before
        self.connection = connection
    }

    /// Takes entries of the generation before out of the count.
    mutating func remove(all: Bool, _ numbers: [Int64]) throws {
        guard let before, all || !numbers.isEmpty else { return }
        let rows = try connection.query(
            """
            SELECT word, count(*) FROM \(before.entries) e, unnest(tsvector_to_array(e.words)) AS word
            WHERE \(before.alive("e")) AND ($1 OR e.number = ANY($2::bigint[])) GROUP BY word
            """,
            .bool(all),
            .integers(numbers)
        ) { ($0.text(0), $0.int(1)) }
        for (word, count) in rows { changes[word, default: 0] -= count }
    }

    mutating func add(_ rows: [CatalogRows.EntryRow]) {
        for row in rows {
            let vector = WordVector(row.entry.text)
            for word in vector.counts.keys { changes[word, default: 0] += 1 }
            if remembered.count < Self.mostRemembered { remembered[row.number] = vector }
        }
    }

    /// Writes the new counts.
    ///
    /// - Precondition: every entry was added and removed.
    mutating func write() throws {
        frequencies = changes.mapValues { max(0, $0) }
        if let before {
            let rows = try connection.query(
                "SELECT word, entries FROM skillweaver_words w WHERE \(before.own("w")) AND word = ANY($1::text[])",
                .texts(Array(changes.keys))
            ) { ($0.text(0), $0.int(1)) }
            for (word, count) in rows { frequencies[word] = max(0, count + (changes[word] ?? 0)) }
        }
        let changed = changes.filter { $0.value != 0 }.keys.sorted()
        try connection.run(
            """
            UPDATE skillweaver_words SET died = $1 WHERE library = $2 AND died = \(Int32.max) AND word = ANY($3::text[])
            """,
            PostgreSQLValue(tables.generation),
            PostgreSQLValue(tables.library),
            .texts(changed)
        )
        let kept = changed.filter { (frequencies[$0] ?? 0) > 0 }
        try connection.run(
            """
            INSERT INTO skillweaver_words (library, word, born, entries)
            SELECT $1, word, $2, entries FROM unnest($3::text[], $4::bigint[]) AS r (word, entries)
            """,
            PostgreSQLValue(tables.library),
            PostgreSQLValue(tables.generation),
            .texts(kept),
            .integers(kept.map { Int64(frequencies[$0] ?? 0) })
        )
    }

    func vector(of row: CatalogRows.EntryRow) -> WordVector { remembered[row.number] ?? WordVector(row.entry.text) }

    /// How rare a word of an added entry is.
    func weight(_ word: String) -> Double { WordWeight.rarity(frequencies[word] ?? 0, among: entries) }
}
