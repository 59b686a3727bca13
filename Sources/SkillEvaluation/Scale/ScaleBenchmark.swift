import Glibc
package import SkillCatalog
package import SkillRetrieval
package import TextEmbedding

/// Measures search and update of a very large generated library.
///
/// The library is kept: a second run measures a process that did not make it, which is what memory is about.
package struct ScaleBenchmark: Sendable {
    /// Tools that an update replaces.
    private static let updatedTools = 1_000
    private static let toolsPerSkill = 10
    private static let top = 10

    private let location: LibraryLocation
    private let encoder: any Embedder
    private let seeds: [GeneratedLibrary.Seed]
    private let queries: [String]
    private let toolCount: Int
    private let policy: IndexPolicy

    /// - Parameters:
    ///   - location: where the generated library is kept.
    ///   - seeds: real texts, which it is made from.
    ///   - queries: real requests.
    package init(
        at location: LibraryLocation,
        toolCount: Int,
        seeds: [GeneratedLibrary.Seed],
        queries: [String],
        encoder: any Embedder,
        policy: IndexPolicy
    ) {
        self.location = location
        self.toolCount = toolCount
        self.seeds = seeds
        self.queries = queries
        self.encoder = encoder
        self.policy = policy
    }

    package func run(progress: @escaping @Sendable (IndexingProgress) -> Void) async throws -> ScaleFigures {
        var real = EmbeddingMatrix(dimensions: encoder.model.dimensions)
        let texts = seeds.map { IndexedText(name: $0.name, description: $0.description) }
        for encoding in try await EntryEncoder(embedder: encoder).encode(texts) {
            real.append(encoding.vector.withUnsafeBytes(VectorBlob.decode))
        }
        let embedder = MixingEmbedder(encoder: encoder, seeds: real)
        let indexer = LibraryIndexer(embedder: embedder, writer: SegmentedIndexWriter(policy: policy))
        let built = try await build(indexer, progress)

        let clock = ContinuousClock()
        let opening = clock.now
        let live = try await LiveLibrary(location, for: embedder.model)
        let opened = clock.now - opening
        let library = await live.newest()
        let vectors = try await encoder.embed(queries, as: .query)
        let (found, search) = try await searchAll(library, vectors)
        let retrieval = try await retrieveAll(SkillRetriever(embedder: embedder, library: library))
        let resident = ProcessMemory.resident
        let indexBytes = bytes(of: location.vectors(generation: library.summary.indexGeneration))
        let update = try await self.update(indexer, live)
        let peak = ProcessMemory.peak
        let exact = try await exactNearest(library, vectors)
        let summary = library.summary
        return ScaleFigures(
            tools: summary.toolCount,
            entries: summary.entryCount,
            indexKind: policy.kind(for: summary.entryCount).rawValue,
            buildSeconds: built,
            openSeconds: opened / .seconds(1),
            indexBytes: indexBytes,
            catalogBytes: bytes(of: location.catalog),
            residentBytes: resident,
            peakResidentBytes: built == nil ? peak : nil,
            queries: queries.count,
            recall: Self.recall(found, exact),
            vectorSearch: .init(search),
            retrieval: .init(retrieval),
            updateSeconds: update.visible,
            updateEncodingSeconds: update.encoding,
            updatedTools: Self.updatedTools
        )
    }

    // MARK: - The library

    private var generated: GeneratedLibrary {
        GeneratedLibrary(
            seeds: seeds,
            skillCount: toolCount / Self.toolsPerSkill,
            toolsPerSkill: Self.toolsPerSkill
        )
    }

    /// The source whose tools change from update to update.
    private func fresh(_ round: Int) -> GeneratedLibrary {
        GeneratedLibrary(
            name: "fresh",
            seeds: seeds,
            skillCount: Self.updatedTools / Self.toolsPerSkill,
            toolsPerSkill: Self.toolsPerSkill,
            start: toolCount * 2 + round * Self.updatedTools * 2,
            isMarked: false
        )
    }

    private func build(
        _ indexer: LibraryIndexer,
        _ progress: @escaping @Sendable (IndexingProgress) -> Void
    ) async throws -> Double? {
        if location.exists, try await SkillLibrary(at: location).summary().generation > 0 {
            _ = try await indexer.maintain(location)
            return nil
        }
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await indexer.index([generated, fresh(0)], into: location, progress: progress)
        return (clock.now - start) / .seconds(1)
    }

    private func bytes(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    // MARK: - Search

    private func searchAll(
        _ library: IndexedLibrary,
        _ vectors: EmbeddingMatrix
    ) async throws -> ([[VectorHit]], [Double]) {
        var found: [[VectorHit]] = []
        var milliseconds: [Double] = []
        let clock = ContinuousClock()
        // The first pass brings the index into memory.
        for pass in 0..<2 {
            (found, milliseconds) = ([], [])
            for row in 0..<vectors.rows {
                let query = EmbeddingMatrix(dimensions: vectors.dimensions, values: Array(vectors[row]))
                let start = clock.now
                let hits = try await library.vectors.search(query, top: Self.top)
                milliseconds.append((clock.now - start) / .milliseconds(1))
                found.append(hits.first ?? [])
            }
            if pass == 0 { try Task.checkCancellation() }
        }
        return (found, milliseconds)
    }

    private func retrieveAll(_ retriever: SkillRetriever) async throws -> [Double] {
        var milliseconds: [Double] = []
        let clock = ContinuousClock()
        for query in queries.prefix(10) { _ = try await retriever.candidates(for: [query], top: Self.top) }
        for query in queries {
            let start = clock.now
            _ = try await retriever.candidates(for: [query], top: Self.top)
            milliseconds.append((clock.now - start) / .milliseconds(1))
        }
        return milliseconds
    }

    /// The ten nearest entries of each query, found by comparing all, page by page.
    private func exactNearest(_ library: IndexedLibrary, _ queries: EmbeddingMatrix) async throws -> [[VectorHit]] {
        var best = [[VectorHit]](repeating: [], count: queries.rows)
        var last: Int64 = -1
        while true {
            let page = try await library.library.vectors(after: last, limit: 16_384)
            guard let end = page.last else { return best }
            last = end.number
            let index = try FAISSIndex(dimensions: queries.dimensions)
            var rows = EmbeddingMatrix(dimensions: queries.dimensions)
            for row in page { rows.append(row.vector.withUnsafeBytes(VectorBlob.decode)) }
            try await index.add(rows, numbers: page.map(\.number))
            for (row, hits) in try await index.search(queries, top: Self.top).enumerated() {
                best[row] = Array((best[row] + hits).sorted { $0.score > $1.score }.prefix(Self.top))
            }
        }
    }

    /// Entries that are as near as the tenth nearest count as right, whichever of them was found.
    private static func recall(_ found: [[VectorHit]], _ exact: [[VectorHit]]) -> Double {
        var right = 0
        var wanted = 0
        for (found, exact) in zip(found, exact) {
            guard let border = exact.last?.score else { continue }
            wanted += exact.count
            right += min(exact.count, found.count { $0.score >= border - 1e-5 })
        }
        return wanted > 0 ? Double(right) / Double(wanted) : 0
    }

    // MARK: - Update

    private func update(
        _ indexer: LibraryIndexer,
        _ live: LiveLibrary<IndexedLibrary>
    ) async throws -> (visible: Double, encoding: Double) {
        let round = await live.newest().summary.generation
        let source = fresh(round)
        var options = IndexingOptions()
        options.onlySources = [1]
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await indexer.index([generated, source], into: location, options: options)
        let newest = await live.newest()
        guard try await isFound(source.skill(7).id, in: newest) else {
            throw ScaleFault(message: "the update after generation \(round) is not found")
        }
        let visible = (clock.now - start) / .seconds(1)
        let encodingStart = clock.now
        let texts = (0..<source.skillCount).map(source.skill).flatMap { skill in
            [skill.indexedText] + skill.indexedTools.map { skill.indexedText(of: $0) }
        }
        _ = try await EntryEncoder(embedder: encoder).encode(texts)
        return (visible, (clock.now - encodingStart) / .seconds(1))
    }
}

extension ScaleBenchmark {
    /// Whether the vector of a skill's own entry leads to that entry.
    private func isFound(_ skill: String, in library: IndexedLibrary) async throws -> Bool {
        guard let number = try await library.entryNumbers(ofSkill: skill).first,
            let bytes = try await library.library.vectors(of: [number])[number]
        else { return false }
        let vector = bytes.withUnsafeBytes(VectorBlob.decode)
        let hits = try await library.vectors.search(
            EmbeddingMatrix(dimensions: vector.count, values: vector),
            top: Self.top
        )
        return hits.first?.contains { $0.number == number } == true
    }
}

/// A large library that does not do what it must.
package struct ScaleFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
}
