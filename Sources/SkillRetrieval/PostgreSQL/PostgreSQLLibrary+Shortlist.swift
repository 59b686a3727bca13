import SkillCatalog
import Storage

extension PostgreSQLLibrary {
    package func shortlist(
        _ queries: [RetrievalQuery],
        pool: Int,
        filter: SkillFilter,
        weights: FirstStageWeights
    ) async throws -> [Shortlist] {
        // Each on a connection of its own, as far as there are any.
        try await withThrowingTaskGroup(of: (Int, Shortlist).self) { group in
            for (index, query) in queries.enumerated() {
                group.addTask { (index, try await shortlist(query, pool: pool, filter: filter, weights: weights)) }
            }
            var lists = [Shortlist](repeating: Shortlist(), count: queries.count)
            for try await (index, list) in group { lists[index] = list }
            return lists
        }
    }

    private func shortlist(
        _ query: RetrievalQuery,
        pool: Int,
        filter: SkillFilter,
        weights: FirstStageWeights
    ) async throws -> Shortlist {
        guard pool > 0 else { return Shortlist() }
        try check(query)
        let reach = max(4 * pool, 200)
        let condition = FilterCondition(filter, tables: tables)
        let terms = query.terms
        let found = try await read { connection in
            let words = WordQuery(terms, frequencies: try frequencies(of: terms, connection), statistics: statistics)
            let sharing = try entriesSharing(words, query, condition, connection)
            var near = try nearest(query, reach: reach, condition, words, connection)
            if !isSearchedExactly, near.count < min(pool, summary.entryCount) {
                near = try nearest(query, reach: reach, condition, words, isExact: true, connection)
            }
            return (words: words, sharing: sharing, near: near)
        }
        let spread = found.words.spread(found.sharing.lazy.map(\.lexical))
        let cosines = statistics.cosines(of: query.vector)
        var entries: [Int64: FoundEntry] = [:]
        for entry in found.sharing where entry.passes { entries[entry.number] = entry }
        for entry in found.near where entries[entry.number] == nil { entries[entry.number] = entry }
        let ranked = entries.values.map { entry -> (entry: ShortlistEntry, score: Double) in
            let judged = entry.judged(cosines: cosines, words: spread)
            return (judged, weights.score(judged))
        }.sorted { first, second in
            first.score > second.score || (first.score == second.score && first.entry.number < second.entry.number)
        }
        return Shortlist(entries: ranked.prefix(pool).map(\.entry))
    }

    package func signals(of numbers: [Int64], for query: RetrievalQuery) async throws -> [ShortlistEntry] {
        try check(query)
        let terms = query.terms
        let (found, spread) = try await read { connection in
            let words = WordQuery(terms, frequencies: try frequencies(of: terms, connection), statistics: statistics)
            let sharing = try entriesSharing(words, query, FilterCondition(.everything, tables: tables), connection)
            let found = try connection.query(
                """
                SELECT \(columns("true")) FROM \(tables.entries) e
                WHERE \(tables.alive("e")) AND number = ANY($2::bigint[])
                """,
                .vector(query.vector),
                .integers(numbers)
            ) { FoundEntry($0, words) }
            return (found, words.spread(sharing.lazy.map(\.lexical)))
        }
        let cosines = statistics.cosines(of: query.vector)
        let known = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
        return numbers.compactMap { known[$0]?.judged(cosines: cosines, words: spread) }
    }

    package func wordShares(of terms: [String], number: Int64) async throws -> [String: Double] {
        try await read { connection in
            let words = WordQuery(terms, frequencies: try frequencies(of: terms, connection), statistics: statistics)
            return try connection.query(
                "SELECT e.length, e.words FROM \(tables.entries) e WHERE \(tables.alive("e")) AND number = $1",
                .integer(number)
            ) { row in
                let length = row.real(0)
                return row.withBytes(1) { words.shares(of: terms, $0, length: length) }
            }.first ?? [:]
        }
    }

    package func pieceFrequencies(of pieces: [Int32]) async throws -> PieceFrequencies {
        let known = statistics.pieceFrequencies
        let counts = pieces.map { piece in
            (piece, piece >= 0 && Int(piece) < known.count ? Int(known[Int(piece)]) : 0)
        }
        return PieceFrequencies(entries: statistics.entries, counts: Dictionary(counts) { first, _ in first })
    }

    private var isSearchedExactly: Bool { summary.entryCount <= PostgreSQLStore.mostExactEntries }

    private func check(_ query: RetrievalQuery) throws {
        guard query.vector.count != summary.dimensions else { return }
        throw VectorIndexError(
            "a query of \(query.vector.count) dimensions does not fit the library '\(name)' in \(store.address), "
                + "which has \(summary.dimensions)"
        )
    }

    // MARK: - Statements

    private func columns(_ passes: String) -> String {
        "e.number, e.skill, e.tool IS NOT NULL, -(e.vector <#> $1::vector), e.length, e.words, \(passes)"
    }

    /// In how many entries terms stand; those that stand in none are missing.
    private func frequencies(of terms: [String], _ connection: PostgreSQLConnection) throws -> [String: Int] {
        guard !terms.isEmpty else { return [:] }
        let rows = try connection.query(
            "SELECT word, entries FROM skillweaver_words w WHERE \(tables.own("w")) AND word = ANY($1::text[])",
            .texts(Array(Set(terms)))
        ) { ($0.text(0), $0.int(1)) }
        return Dictionary(rows) { first, _ in first }
    }

    /// The entries that share words with the query, whether they pass the filter or not, with their cosines.
    private func entriesSharing(
        _ words: WordQuery,
        _ query: RetrievalQuery,
        _ filter: FilterCondition,
        _ connection: PostgreSQLConnection
    ) throws -> [FoundEntry] {
        guard let condition = words.condition else { return [] }
        let values = filter.values
        return try connection.query(
            """
            SELECT \(columns(filter.text(from: 3) ?? "true")) FROM \(tables.entries) e
            WHERE \(tables.alive("e")) AND e.words @@ $2::tsquery
            """,
            parameters: [.vector(query.vector), .text(condition)] + values
        ) { FoundEntry($0, words) }
    }

    /// The entries nearest in meaning that pass the filter, found by the index or, exactly, by looking at all of them.
    ///
    /// The index hands out at most `searchBreadth` entries, of which the filter may leave few: the caller then asks again
    /// for the exact answer.
    private func nearest(
        _ query: RetrievalQuery,
        reach: Int,
        _ filter: FilterCondition,
        _ words: WordQuery,
        isExact: Bool = false,
        _ connection: PostgreSQLConnection
    ) throws -> [FoundEntry] {
        let isExact = isExact || isSearchedExactly || reach > PostgreSQLStore.searchBreadth
        let passes = filter.text(from: 2)
        let all = "SELECT * FROM \(tables.entries) e WHERE \(tables.alive("e"))"
        // Adding a zero hides the order from the index.
        let order = isExact ? "(e.vector <#> $1::vector) + 0" : "e.vector <#> $1::vector"
        let sql =
            isExact
            ? """
            SELECT \(columns("true")) FROM (\(all)) e \(passes.map { "WHERE \($0)" } ?? "")
            ORDER BY \(order), e.number LIMIT \(reach)
            """
            : """
            WITH near AS MATERIALIZED (\(all) ORDER BY \(order) LIMIT \(reach))
            SELECT \(columns("true")) FROM near e \(passes.map { "WHERE \($0)" } ?? "")
            """
        return try connection.query(sql, parameters: [.vector(query.vector)] + filter.values) {
            FoundEntry($0, words)
        }
    }
}

/// One entry of an answer.
struct FoundEntry: Sendable {
    var number: Int64
    var skill: Int64
    var isTool: Bool
    var dense: Double
    var lexical: Double
    /// Whether the filter lets it pass.
    var passes: Bool

    /// - Parameter words: the words to score it by.
    init(_ row: PostgreSQLRow, _ words: WordQuery) {
        number = row.integer(0)
        skill = row.integer(1)
        isTool = row.bool(2)
        dense = row.real(3)
        let length = row.real(4)
        lexical = row.withBytes(5) { words.score($0, length: length) }
        passes = row.bool(6)
    }

    func judged(cosines: SignalStatistics, words: SignalStatistics) -> ShortlistEntry {
        ShortlistEntry(
            number: number,
            skill: skill,
            isTool: isTool,
            dense: dense,
            denseZ: cosines.z(dense),
            lexical: lexical,
            lexicalZ: words.z(lexical)
        )
    }
}
