import Storage

/// What a library holds, and what it was made with.
public struct LibrarySummary: Sendable, Hashable {
    public var name: String
    public var skillCount: Int
    public var toolCount: Int
    /// Counts the updates that changed something.
    public var generation: Int
    public var modelName: String
    public var modelFingerprint: String
    /// Length of its vectors.
    public var dimensions: Int
    public var sources: [Source]

    public struct Source: Sendable, Hashable {
        public var name: String
        public var location: String

        public init(name: String, location: String) {
            self.name = name
            self.location = location
        }
    }

    init(name: String, connection: SQLiteConnection) throws(StorageError) {
        self.name = name
        let counts = try connection.query("SELECT count(*), total(tools) FROM skills") {
            (Int($0.integer(0)), Int($0.real(1)))
        }
        (skillCount, toolCount) = counts.first ?? (0, 0)
        let facts = Dictionary(
            try connection.query("SELECT key, value FROM about") { ($0.text(0), $0.text(1)) },
            uniquingKeysWith: { $1 }
        )
        generation = facts[LibraryFact.generation.rawValue].flatMap(Int.init) ?? 0
        modelName = facts[LibraryFact.modelName.rawValue] ?? ""
        modelFingerprint = facts[LibraryFact.modelFingerprint.rawValue] ?? ""
        dimensions = facts[LibraryFact.dimensions.rawValue].flatMap(Int.init) ?? 0
        sources = try connection.query("SELECT name, location FROM sources ORDER BY position") {
            Source(name: $0.text(0), location: $0.text(1))
        }
    }
}
