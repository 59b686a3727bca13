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

    /// Whether a library has been indexed here.
    package var exists: Bool { FileSystem.exists(catalog) }

    /// Deletes the vector file of one generation, unfinished ones included.
    package func removeVectors(generation: Int) {
        let file = FileSystem.name(of: vectors(generation: generation))
        for name in FileSystem.contents(of: folder) where name.hasPrefix(file) {
            FileSystem.remove("\(folder)/\(name)")
        }
    }

    /// Deletes the vector files of generations other than `current`, unfinished ones included.
    ///
    /// A process that has one open, or mapped, keeps what it has.
    package func removeStaleVectors(keeping current: Int) {
        let kept = FileSystem.name(of: vectors(generation: current))
        for name in FileSystem.contents(of: folder) where name.hasPrefix("vectors-") && name != kept {
            FileSystem.remove("\(folder)/\(name)")
        }
    }
}
