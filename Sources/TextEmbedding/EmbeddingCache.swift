import Storage

/// Keeps embedded documents between runs, by model and text.
///
/// Queries are not kept: what people ask is nobody's business, and one query costs two milliseconds.
public actor EmbeddingCache: Embedder {
    public nonisolated let model: EmbeddingModel
    public nonisolated var tokenEncoder: (any TokenEncoder)? { embedder.tokenEncoder }
    public nonisolated var isSwappable: Bool { embedder.isSwappable }
    /// Whether what is kept is known to come from the model as it is now.
    private var isVerified: Bool
    private let embedder: any Embedder
    private let connection: SQLiteConnection
    private let capacity: Int

    private nonisolated let executor = BlockingExecutor(label: "embedding-cache")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private static let migrations = SchemaMigrations([
        """
        CREATE TABLE vectors (
            age INTEGER PRIMARY KEY AUTOINCREMENT,
            model TEXT NOT NULL,
            hash BLOB NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (model, hash)
        )
        """
    ])

    /// Opens or creates the cache file in front of an embedder.
    ///
    /// - Parameters:
    ///   - file: path of the SQLite file.
    ///   - capacity: vectors kept; the oldest go first.
    public init(file: String, inFrontOf embedder: any Embedder, capacity: Int = 500_000) throws {
        self.embedder = embedder
        model = embedder.model
        isVerified = !embedder.isSwappable
        self.capacity = capacity
        connection = try SQLiteConnection(file: file)
        try Self.migrations.apply(to: connection)
    }

    public func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        guard role == .document else { return try await embedder.embed(texts, as: role) }
        let hashes = texts.map { ContentHash(of: $0).bytes }
        var found: [Int: [Float]] = [:]
        for (index, hash) in hashes.enumerated() { found[index] = try lookUp(hash) }
        if !isVerified, let known = texts.indices.first(where: { found[$0] != nil }) {
            if try await !isCurrent(found[known] ?? [], of: texts[known]) {
                try forget()
                found = [:]
            }
            isVerified = true
        }
        let missing = texts.indices.filter { found[$0] == nil }
        let fresh = try await embedder.embed(missing.map { texts[$0] }, as: role)
        try keep(fresh, hashes: missing.map { hashes[$0] })
        for (row, index) in missing.enumerated() { found[index] = Array(fresh[row]) }
        var matrix = EmbeddingMatrix(dimensions: model.dimensions)
        for index in texts.indices { matrix.append(found[index] ?? []) }
        return matrix
    }

    /// Whether a kept vector is, but for rounding, what the model says today.
    private func isCurrent(_ kept: [Float], of text: String) async throws -> Bool {
        try await embedder.embed(text, as: .document).isNearly(kept)
    }

    /// Forgets what another model left under this one's name.
    private func forget() throws {
        try connection.run("DELETE FROM vectors WHERE model = ?", .text(model.fingerprint))
    }

    private func lookUp(_ hash: [UInt8]) throws -> [Float]? {
        let sql = "SELECT vector FROM vectors WHERE model = ? AND hash = ?"
        let vectors = try connection.query(sql, .text(model.fingerprint), .blob(hash)) { row in
            row.withBlob(0) { VectorBlob.decode($0) }
        }
        // A damaged row counts as missing and is embedded again.
        return vectors.first.flatMap { $0.count == model.dimensions ? $0 : nil }
    }

    private func keep(_ matrix: EmbeddingMatrix, hashes: [[UInt8]]) throws {
        guard matrix.rows > 0 else { return }
        try connection.transaction {
            for (row, hash) in hashes.enumerated() {
                try connection.run(
                    "INSERT OR REPLACE INTO vectors (model, hash, vector) VALUES (?, ?, ?)",
                    .text(model.fingerprint),
                    .blob(hash),
                    .blob(VectorBlob.encode(matrix[row]))
                )
            }
            try connection.run(
                "DELETE FROM vectors WHERE age <= (SELECT max(age) FROM vectors) - ?",
                SQLiteValue(capacity)
            )
        }
    }
}
