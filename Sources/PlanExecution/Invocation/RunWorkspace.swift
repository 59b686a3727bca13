/// The folders a run works with.
public struct RunWorkspace: Sendable, Hashable {
    /// Where tools read and write the user's files: the only writable folder they see, beside a private temporary one.
    public var folder: String
    /// Where the run keeps results that are too large for its journal.
    public var results: String

    public init(folder: String, results: String) {
        self.folder = folder
        self.results = results
    }
}
