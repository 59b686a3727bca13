import Storage

/// Where the files of one library are.
public struct LibraryLocation: Sendable, Hashable {
    /// The library's own folder.
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// What people call the library.
    public var name: String { FileSystem.name(of: folder) }

    package var catalog: String { "\(folder)/catalog.sqlite" }

    /// The vector index that belongs to one generation of the catalog.
    package func vectors(generation: Int) -> String { "\(folder)/vectors-\(generation).faiss" }

    /// Whether a library has been indexed here.
    package var exists: Bool { FileSystem.exists(catalog) }

    /// Deletes the vector files of generations other than `current`.
    package func removeStaleVectors(keeping current: Int) {
        let kept = FileSystem.name(of: vectors(generation: current))
        for name in FileSystem.contents(of: folder) where name.hasPrefix("vectors-") && name != kept {
            FileSystem.remove("\(folder)/\(name)")
        }
    }
}
