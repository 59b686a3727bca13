/// What went wrong with a file or database of ours, sorted by what the caller can do about it.
package struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        /// Another process holds the lock; try again later.
        case busy
        /// No room left on the device.
        case diskFull
        /// The file system or the file's rights forbid it.
        case readOnly
        /// The file is damaged or is not what it should be.
        case corrupt
        /// A newer version of the program wrote it.
        case newerVersion
        /// An older version of the program wrote it, and it may not be changed here.
        case olderVersion
        /// The file cannot be opened, or the database refuses the connection.
        case cannotOpen
        /// The database server does not answer, or the connection to it broke; try again later.
        case unreachable
        /// A table that a statement names does not exist.
        case missingTable
        /// Anything else.
        case other
    }

    package var kind: Kind
    package var file: String
    package var message: String

    package init(_ kind: Kind, file: String, _ message: String) {
        self.kind = kind
        self.file = file
        self.message = message
    }

    package var description: String { "\(file): \(message)" }

    /// The same, saying how often it was tried.
    package func afterAttempts(_ count: Int) -> StorageError {
        count > 1 ? StorageError(kind, file: file, "\(message) (tried \(count) times)") : self
    }
}
