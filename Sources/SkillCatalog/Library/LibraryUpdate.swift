import JSONSchema
import Storage

/// One update of a library: a single transaction that readers see whole or not at all.
///
/// For each source in turn: `begin`, then offer every skill the source holds, then `end`; or `abandon`, which leaves the
/// source's skills as they were. What is unchanged costs one look-up, what is new or changed is stored with its vectors,
/// what was not offered is removed. Dropped without `commit`, the update leaves no trace.
package actor LibraryUpdate {
    package nonisolated let location: LibraryLocation
    /// The generation that this update leads to.
    package nonisolated let generation: Int
    /// What the library was before.
    package nonisolated let before: LibrarySummary
    /// Whether stored vectors are of the model in use.
    let keepsVectors: Bool
    let connection: SQLiteConnection
    /// The sources the library has after the update, in their order.
    private(set) var sources: [LibrarySummary.Source] = []
    /// Places of the sources by name.
    private(set) var places: [String: Int] = [:]
    /// Place of the source being read.
    var current = 0
    var state: State
    /// Places of sources that are not remembered.
    private var omitted: Set<Int> = []
    /// What to go back to when the source being read fails.
    private var saved: State?
    private var isOpen = true

    /// What a vector file written for this update was built from.
    private var base: IndexBase?

    /// What an update has done so far; taken back as one value.
    struct State {
        var counts = UpdateCounts()
        var changes: EntryChanges
        /// Numbers of the skills that the sources still hold.
        var seen: Set<Int64> = []
        /// Skills that lost their id to a skill of an earlier source.
        var displaced: Set<Int64> = []
        /// Ids that became free.
        var freed: [String] = []
        /// Warnings about equal names that hold only if the other skill stays.
        var nameWarnings: [NameWarning] = []
        var skillCount: Int
        var toolCount: Int
        var entryCount: Int
        var lastSkill: Int64
        var lastEntry: Int64
        /// Whether something was noted that no reader needs to hear of: a line that moved, a new stamp.
        var hasNotes = false
    }

    private nonisolated let executor = BlockingExecutor(label: "library-update")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Starts an update, creating the library where there is none.
    ///
    /// - Parameter modelFingerprint: of the model whose vectors will be stored; vectors of another model are replaced.
    package init(at location: LibraryLocation, modelFingerprint: String) throws {
        self.location = location
        try FileSystem.createFolder(location.folder)
        connection = try SQLiteConnection(file: location.catalog)
        try LibrarySchema.migrations.apply(to: connection)
        // After a large update the log gives its space back.
        try connection.execute("PRAGMA journal_size_limit = 67108864")
        try connection.execute("BEGIN IMMEDIATE")
        before = try LibrarySummary(name: location.name, connection: connection)
        generation = before.generation + 1
        keepsVectors = before.modelFingerprint == modelFingerprint
        state = State(
            changes: EntryChanges(lastNumberBefore: before.lastEntry),
            skillCount: before.skillCount,
            toolCount: before.toolCount,
            entryCount: before.entryCount,
            lastSkill: before.lastSkill,
            lastEntry: before.lastEntry
        )
        // What was learned from another model's vectors says nothing about these.
        if !keepsVectors { for part in LibraryPart.allCases { try LibraryParts.remove(part, in: connection) } }
    }

    package var counts: UpdateCounts { state.counts }
    package var changes: EntryChanges { state.changes }
    package var skillCount: Int { state.skillCount }
    package var entryCount: Int { state.entryCount }
    package var lastEntry: Int64 { state.lastEntry }

    /// Whether readers would find anything different.
    package var isEmpty: Bool { state.counts.isEmpty && state.changes.isEmpty && state.displaced.isEmpty }

    // MARK: - Sources

    /// Says which sources the library will have, in their order, by different names.
    ///
    /// A source that is where another one was takes over its skills: only its name changed.
    package func setSources(_ sources: [LibrarySummary.Source]) throws {
        self.sources = sources
        places = Dictionary(sources.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Dictionary(sources.map { ($0.location, $0.name) }, uniquingKeysWith: { first, _ in first })
        let renamed = before.sources.compactMap { old in
            names[old.location].flatMap { $0 == old.name ? nil : (old: old.name, new: $0) }
        }
        // By way of a name nobody has, so that two sources can swap theirs.
        for name in renamed {
            try connection.run(
                "UPDATE skills SET source = char(0) || ? WHERE source = ?",
                .text(name.new),
                .text(name.old)
            )
        }
        for name in renamed {
            try connection.run(
                "UPDATE skills SET source = ? WHERE source = char(0) || ?",
                .text(name.new),
                .text(name.new)
            )
        }
    }

    /// Begins to read the source at a place; what follows can be taken back.
    package func begin(_ place: Int) throws {
        current = place
        saved = state
        try connection.execute("SAVEPOINT source")
    }

    /// Ends a source that was read to its end: what it held before and was not offered is removed.
    package func end() throws {
        for number in try numbers(of: sources[current].name) where !state.seen.contains(number) {
            try remove(number)
        }
        try connection.execute("RELEASE source")
        saved = nil
    }

    /// Takes back what was done since `begin`, to read the source in another way.
    package func restart() throws {
        try connection.execute("ROLLBACK TO source")
        if let saved { state = saved }
    }

    /// Gives a source up: its skills stay as they were.
    ///
    /// - Returns: how many skills are kept, and those that must be embedded again for another model.
    package func abandon() throws -> (kept: Int, pending: [Offer]) {
        try restart()
        try connection.execute("RELEASE source")
        saved = nil
        let numbers = try numbers(of: sources[current].name)
        state.seen.formUnion(numbers)
        guard !keepsVectors else {
            state.counts.unchanged += numbers.count
            return (numbers.count, [])
        }
        var pending: [Offer] = []
        for number in numbers {
            guard let skill = try storedSkill(number) else { continue }
            state.counts.changed += 1
            pending.append(Offer(skill: skill, pending: number, diagnostics: []))
        }
        return (numbers.count, pending)
    }

    /// Does not remember a source that was never read.
    package func leaveOut(_ place: Int) { omitted.insert(place) }

    /// Removes the skills of sources that the library no longer has; call once, after the last source.
    ///
    /// - Returns: remarks that could only be made now.
    package func finish() throws -> [Diagnostic] {
        for name in try storedSourceNames() where places[name] == nil {
            for number in try numbers(of: name) where !state.seen.contains(number) { try remove(number) }
        }
        state.counts.changed += state.displaced.subtracting(state.seen).count
        return try dueNameWarnings()
    }

    /// Places of sources with a skill that waits, under its source's name, for an id that became free.
    package func sourcesWaiting(besides read: Set<Int>) throws -> [Int] {
        try sources.indices.filter { place in
            guard !read.contains(place) else { return false }
            return try state.freed.contains { id in
                try row(withID: "\(sources[place].name):\(id)")?.source == sources[place].name
            }
        }
    }

    private func storedSourceNames() throws -> [String] {
        // Steps from name to name by the index instead of passing over every skill.
        try connection.query(
            """
            WITH RECURSIVE step (found) AS (
                SELECT min(source) FROM skills
                UNION ALL
                SELECT (SELECT min(source) FROM skills WHERE source > step.found) FROM step WHERE found IS NOT NULL
            )
            SELECT found FROM step WHERE found IS NOT NULL
            """
        ) { $0.text(0) }
    }

    func numbers(of source: String) throws -> [Int64] {
        try connection.query("SELECT number FROM skills WHERE source = ? ORDER BY number", .text(source)) {
            $0.integer(0)
        }
    }

    // MARK: - The end

    /// Makes the update visible. `modelName` and `dimensions` describe the vectors stored.
    ///
    /// An update that readers need not hear of keeps the generation.
    package func commit(modelName: String, modelFingerprint: String, dimensions: Int) throws {
        if remembered != before.sources {
            try connection.run("DELETE FROM sources")
            for (position, source) in remembered.enumerated() {
                try connection.run(
                    "INSERT INTO sources (position, name, location) VALUES (?, ?, ?)",
                    SQLiteValue(position),
                    .text(source.name),
                    .text(source.location)
                )
            }
        }
        let hasNews = !isEmpty || before.generation == 0
        let facts: [(LibraryFact, String)] = [
            (.generation, "\(hasNews ? generation : before.generation)"),
            (.indexGeneration, "\(indexGeneration)"),
            (.modelName, modelName), (.modelFingerprint, modelFingerprint), (.dimensions, "\(dimensions)"),
            (.skillCount, "\(state.skillCount)"), (.toolCount, "\(state.toolCount)"),
            (.entryCount, "\(state.entryCount)"), (.lastSkill, "\(state.lastSkill)"),
            (.lastEntry, "\(state.lastEntry)"),
        ]
        for (fact, value) in facts { try fact.store(value, in: connection) }
        try base?.store(in: connection)
        try connection.execute("COMMIT")
        isOpen = false
    }

    /// Says what the vector file that will belong to this update was built from.
    package func setBase(_ base: IndexBase) { self.base = base }

    /// The generation whose vector index the library has after the update.
    package var indexGeneration: Int {
        state.changes.isEmpty && before.generation > 0 ? before.indexGeneration : generation
    }

    /// Whether there is anything to commit.
    package var hasWork: Bool { !isEmpty || state.hasNotes || remembered != before.sources }

    private var remembered: [LibrarySummary.Source] {
        sources.indices.filter { !omitted.contains($0) }.map { sources[$0] }
    }

    /// Undoes everything; safe to call at any time.
    package func rollBack() {
        guard isOpen else { return }
        isOpen = false
        try? connection.execute("ROLLBACK")
    }
}

/// What an update does about one skill.
package struct Offer: Sendable {
    /// The skill under the id it has in the library.
    package var skill: Skill
    /// The row whose vectors must be stored; nil where nothing changed.
    package var pending: Int64?
    package var diagnostics: [Diagnostic]
}
