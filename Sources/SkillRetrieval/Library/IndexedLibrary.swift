import JSONSchema
package import SkillCatalog
import Storage
package import TextEmbedding

/// A library in files of this machine, opened for search: its catalog and the indexes of the same generation.
package struct IndexedLibrary: SearchableLibrary {
    package let library: SkillLibrary
    package let vectors: SegmentedIndex
    package let summary: LibrarySummary
    package let signals: LibrarySignals
    /// Vectors in the index, with those that are gone from the library but not yet from the index.
    let storedVectors: Int
    let memory = LibraryMemory()

    /// Opens a library for an embedder.
    ///
    /// A missing or damaged index file is built again from the catalog.
    /// - Parameter known: an earlier generation that is still open: what has not changed is taken over from it.
    /// - Throws: `LibraryError.otherModel` where the library was indexed with another model, or by the rules of another
    ///   version of this program.
    package static func open(
        _ location: LibraryLocation,
        for model: EmbeddingModel,
        reusing known: IndexedLibrary? = nil
    ) async throws -> IndexedLibrary {
        // A writer may take the files of a generation away between the look into the catalog and the opening of them.
        for _ in 0..<8 {
            if let opened = try await attempt(location, model, known) { return opened }
        }
        throw LibraryError(.busy, "the library '\(location.name)' changes faster than it can be opened; try again")
    }

    /// Opens the newest generation; nil when it is not the newest any more and its files are gone.
    private static func attempt(
        _ location: LibraryLocation,
        _ model: EmbeddingModel,
        _ known: IndexedLibrary?
    ) async throws -> IndexedLibrary? {
        let library = try SkillLibrary(at: location)
        let summary = try await library.summary()
        guard summary.generation > 0 else {
            throw LibraryError(
                .notFound,
                "the library '\(location.name)' has never been indexed completely; "
                    + "run: skillweaver index SOURCE --library \(location.name)"
            )
        }
        try summary.check(
            against: model,
            fingerprint: EntryEncoder.fingerprint(model),
            place: location.catalog
        )
        guard let vectors = try await vectorIndex(of: library, summary: summary, known) else { return nil }
        guard let signals = try await SignalTableFile.open(of: library, summary: summary) else { return nil }
        return IndexedLibrary(
            library: library,
            vectors: vectors,
            summary: summary,
            signals: signals,
            storedVectors: await vectors.count
        )
    }

    private static func vectorIndex(
        of library: SkillLibrary,
        summary: LibrarySummary,
        _ known: IndexedLibrary?
    ) async throws -> SegmentedIndex? {
        let file = library.location.vectors(generation: summary.indexGeneration)
        let page: VectorIndexBuilder.Page = { try await library.vectors(after: $0, limit: $1) }
        if let index = try? await SegmentedIndex.open(
            file: file,
            dimensions: summary.dimensions,
            entryCount: summary.entryCount,
            reusing: known?.vectors,
            page: page
        ) {
            return index
        }
        let newest = try await SkillLibrary(at: library.location).summary()
        guard newest.indexGeneration == summary.indexGeneration else { return nil }
        let base = try await VectorIndexBuilder.build(
            dimensions: summary.dimensions,
            shape: IndexPolicy(text: summary.indexPolicy).shape(
                for: summary.entryCount,
                dimensions: summary.dimensions
            ),
            lastNumber: summary.lastEntry,
            page: page
        )
        // Kept for the next start where possible; a read-only library is searched all the same.
        try? await base.write(to: file)
        return SegmentedIndex(base: base, recent: nil)
    }

    package func entries(_ numbers: [Int64]) async throws -> [Int64: IndexEntry] {
        try await memory.entries.values(of: numbers, size: \.size) { try await library.entries($0) }
    }

    package func entryNumbers(ofSkill id: String) async throws -> [Int64] {
        try await library.entryNumbers(ofSkill: id)
    }

    package func tokenStates(of numbers: [Int64]) async throws -> [Int64: TextEncoding] {
        try await library.tokenStates(of: numbers)
    }

    package func weighedStates(of numbers: [Int64]) async throws -> [Int64: WeighedStates] {
        try await memory.states.values(of: numbers) {
            $0.states.count + 4 * $0.weights.count
        } read: {
            try await readWeighedStates(of: $0)
        }
    }

    package func tokenProjection() async throws -> TokenProjection? {
        try await memory.projection { try await readTokenProjection() }
    }

    /// Unit vectors of entries.
    func unitVectors(of numbers: [Int64]) async throws -> [Int64: [Float]] {
        try await memory.vectors.values(of: numbers) {
            4 * $0.count
        } read: { missing in
            try await library.vectors(of: missing).mapValues { $0.withUnsafeBytes(VectorBlob.decode) }
        }
    }

    package func pieceFrequencies(of pieces: [Int32]) async throws -> PieceFrequencies {
        PieceFrequencies(
            entries: signals.count,
            counts: Dictionary(pieces.map { ($0, signals.pieceFrequency($0)) }) { first, _ in first }
        )
    }

    package func wordShares(of terms: [String], number: Int64) async throws -> [String: Double] {
        signals.shares(of: terms, number: number)
    }

    package func part(_ name: LibraryPart) async throws -> [UInt8]? { try await library.part(name) }
    package func skillNames() async throws -> [(id: String, name: String)] { try await library.skillNames() }
    package func skill(_ id: String) async throws -> Skill? { try await skills([id])[id] }

    package func skills(_ ids: [String]) async throws -> [String: Skill] {
        try await memory.skills.values(of: ids, size: \.size) { try await library.skills($0) }
    }
}

extension IndexEntry {
    /// About how many bytes it takes.
    fileprivate var size: Int {
        64 + skill.utf8.count + text.name.utf8.count + text.description.utf8.count + text.details.utf8.count
    }
}

extension Skill {
    /// About how many bytes it takes.
    fileprivate var size: Int {
        tools.reduce(1_024 + description.utf8.count + document.utf8.count) { size, tool in
            // As values, schemas take some times their text.
            let schemas = [tool.inputSchema, tool.outputSchema].compactMap(\.self).map { $0.serialized().utf8.count }
            return size + 512 + tool.description.utf8.count + 4 * schemas.reduce(0, +)
        }
    }
}
