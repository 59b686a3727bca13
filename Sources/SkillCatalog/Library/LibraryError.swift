/// Why a library cannot be used as asked.
public struct LibraryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, for programs to tell apart.
    public enum Kind: String, Sendable, Hashable {
        /// Nothing has been indexed under that name.
        case notFound
        /// The vectors were made by another model than the one in use.
        case otherModel
        /// Its sources held no usable skill.
        case nothingToIndex
        /// A name that cannot be a folder.
        case invalidName
        /// Another process is changing it.
        case busy
        /// It was opened long ago, and what it was then is no longer kept.
        case outdated
        /// Its file is damaged.
        case damaged
    }

    /// What went wrong, for programs to tell apart.
    public var kind: Kind
    /// What happened, where, and what to do next.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
