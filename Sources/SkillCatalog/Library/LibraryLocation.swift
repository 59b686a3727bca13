import Storage

/// Where the files of one library are.
public struct LibraryLocation: Sendable, Hashable {
    /// The library's own folder.
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// What people call the library.
    public var name: String { FileSystem.name(of: folder) }

    package var catalog: String { "\(folder)/catalog.sqlite" }

    /// The file whose lock is the right to change the library.
    package var lock: String { "\(folder)/writer.lock" }

    /// The vector index that belongs to one generation of the catalog.
    package func vectors(generation: Int) -> String { "\(folder)/vectors-\(generation).faiss" }

    /// The words and statistics that belong to one generation of the catalog.
    package func words(generation: Int) -> String { "\(folder)/words-\(generation).index" }

    /// Whether a library has been indexed here.
    package var exists: Bool { FileSystem.exists(catalog) }

    /// Deletes the index files of one generation, unfinished ones included.
    package func removeVectors(generation: Int) {
        let files = [vectors(generation: generation), words(generation: generation)].map(FileSystem.name)
        for name in FileSystem.contents(of: folder) where files.contains(where: name.hasPrefix) {
            FileSystem.remove("\(folder)/\(name)")
        }
    }

    /// Deletes the index files of generations other than `current`, unfinished ones included.
    ///
    /// A process that has one open, or mapped, keeps what it has.
    package func removeStaleVectors(keeping current: Int) {
        let kept = [vectors(generation: current), words(generation: current)].map(FileSystem.name)
        for name in FileSystem.contents(of: folder)
        where (name.hasPrefix("vectors-") || name.hasPrefix("words-")) && !kept.contains(name) {
            FileSystem.remove("\(folder)/\(name)")
        }
    }
}
