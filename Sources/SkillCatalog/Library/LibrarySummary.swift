import Storage

/// What a library holds, and what it was made with.
public struct LibrarySummary: Sendable, Hashable {
    /// What it is opened by.
    public var name: String
    /// How many skills it holds.
    public var skillCount: Int
    /// How many tools its skills have.
    public var toolCount: Int
    /// Vectors stored: one for each skill and one for each tool that is indexed by itself.
    package var entryCount: Int
    /// Counts the updates that changed something.
    public var generation: Int
    /// The generation whose vector file belongs to the current one.
    package var indexGeneration: Int
    /// The encoder its vectors were made with.
    public var modelName: String
    public var modelFingerprint: String
    /// Length of its vectors.
    public var dimensions: Int
    /// Where its skills come from.
    public var sources: [Source]
    /// The highest numbers ever given to a skill and to an entry.
    var lastSkill: Int64
    package var lastEntry: Int64
    /// What the vector file was built from; nil in a library of an earlier version.
    package var base: IndexBase?
    /// How the vector index is to be built; nil where nobody chose.
    package var indexPolicy: String?

    /// One place that skills of the library come from.
    public struct Source: Sendable, Hashable {
        public var name: String
        public var location: String

        public init(name: String, location: String) {
            self.name = name
            self.location = location
        }
    }

    package init(
        name: String,
        skillCount: Int,
        toolCount: Int,
        entryCount: Int,
        generation: Int,
        modelName: String,
        modelFingerprint: String,
        dimensions: Int,
        sources: [Source]
    ) {
        self.name = name
        self.skillCount = skillCount
        self.toolCount = toolCount
        self.entryCount = entryCount
        self.generation = generation
        self.modelName = modelName
        self.modelFingerprint = modelFingerprint
        self.dimensions = dimensions
        self.sources = sources
        indexGeneration = generation
        lastSkill = 0
        lastEntry = 0
    }

    init(name: String, connection: SQLiteConnection) throws(StorageError) {
        self.name = name
        let facts = Dictionary(
            try connection.query("SELECT key, value FROM about") { ($0.text(0), $0.text(1)) },
            uniquingKeysWith: { $1 }
        )
        func number(_ fact: LibraryFact) -> Int? { facts[fact.rawValue].flatMap(Int.init) }
        // A library of an earlier version has to be counted once; later each update carries the counts on.
        func count(_ fact: LibraryFact, _ sql: String) throws(StorageError) -> Int {
            if let known = number(fact) { return known }
            return try connection.query(sql) { $0.int(0) }.first ?? 0
        }
        generation = number(.generation) ?? 0
        indexGeneration = number(.indexGeneration) ?? generation
        modelName = facts[LibraryFact.modelName.rawValue] ?? ""
        modelFingerprint = facts[LibraryFact.modelFingerprint.rawValue] ?? ""
        dimensions = number(.dimensions) ?? 0
        skillCount = try count(.skillCount, "SELECT count(*) FROM skills")
        toolCount = try count(.toolCount, "SELECT ifnull(sum(tools), 0) FROM skills")
        entryCount = try count(.entryCount, "SELECT count(*) FROM entries")
        lastSkill = Int64(try count(.lastSkill, "SELECT ifnull(max(number), 0) FROM skills"))
        lastEntry = Int64(try count(.lastEntry, "SELECT ifnull(max(number), 0) FROM entries"))
        if let lastEntry = number(.baseLastEntry), let count = number(.baseCount) {
            base = IndexBase(
                lastEntry: Int64(lastEntry),
                count: count,
                shape: facts[LibraryFact.baseShape.rawValue] ?? ""
            )
        }
        indexPolicy = facts[LibraryFact.indexPolicy.rawValue]
        sources = try connection.query("SELECT name, location FROM sources ORDER BY position") {
            Source(name: $0.text(0), location: $0.text(1))
        }
    }
}
