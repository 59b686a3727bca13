package import SkillCatalog
package import Storage
package import TextEmbedding

/// Brings a shared library in step with its sources: one writer at a time, readers undisturbed.
package struct SharedLibraryIndexer: Sendable {
    private let indexer: LibraryIndexer
    /// The folder for working copies on this machine.
    private let copies: String
    private let writing: SharedWritingOptions

    package init(embedder: any Embedder, copies: String, writing: SharedWritingOptions = SharedWritingOptions()) {
        indexer = LibraryIndexer(embedder: embedder, writer: NoIndexWriter())
        self.copies = copies
        self.writing = writing
    }

    /// Indexes sources into the library of that name, making it where there is none.
    ///
    /// - Parameter mustWait: called once, with who writes, where another writer is at work; then its end is awaited. Nil
    ///   where that is an error after `SharedWritingOptions.waiting`.
    /// - Throws: as for a library on disk; `LibraryError.busy` while another writer is at work, and `StorageError` for the
    ///   database. Whatever is thrown, the generation before is served as it was.
    package func index(
        _ sources: [any SkillSource],
        into name: String,
        of address: PostgreSQLAddress,
        options: IndexingOptions = IndexingOptions(),
        mustWait: (@Sendable (String) -> Void)? = nil,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let writer = PostgreSQLWriter(of: name, in: address, options: writing)
        let location = copy(of: name, in: address)
        do {
            let revision = try await prepare(location, writer, mustWait)
            let report = try await indexer.index(sources, into: location, options: options, progress: progress)
            _ = try await writer.publish(location, from: revision)
            await writer.close()
            return report
        } catch {
            await writer.close()
            throw error
        }
    }

    private func prepare(
        _ location: LibraryLocation,
        _ writer: PostgreSQLWriter,
        _ mustWait: (@Sendable (String) -> Void)?
    ) async throws -> String {
        var wasToldWhy = false
        while true {
            do {
                return try await writer.prepare(location)
            } catch let error as LibraryError where error.kind == .busy && mustWait != nil {
                if !wasToldWhy { mustWait?(error.message) }
                wasToldWhy = true
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Where this machine keeps its working copy.
    package func copy(of name: String, in address: PostgreSQLAddress) -> LibraryLocation {
        let digest = ContentHash(of: "\(address)").hexadecimal.prefix(12)
        return LibraryLocation(folder: "\(copies)/\(digest)/\(name)")
    }
}

/// Keeps no vector index: a working copy is not searched.
private struct NoIndexWriter: IndexWriter {
    func write(
        generation: Int,
        previous: Int,
        changes: EntryChanges,
        dimensions: Int,
        from update: LibraryUpdate
    ) async throws {}

    func discard(generation: Int, at location: LibraryLocation) {}
    func clean(keeping generation: Int, at location: LibraryLocation) {}
}
