/// Why a run could not be kept, found or changed.
public struct RunStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, for programs to tell apart.
    public enum Kind: String, Sendable, Hashable {
        /// No run has that id.
        case notFound = "not-found"
        /// A run of that id is there already.
        case exists
        /// Somebody else wrote to the run in between; load it again and decide anew.
        case conflict
        /// Another process drives the run.
        case busy
        /// A newer version of the program wrote it.
        case newerVersion = "newer-version"
        case damaged
        /// The disk is full: what was written is safe, the run stopped.
        case diskFull = "disk-full"
        /// The store cannot be used; the message says why.
        case unavailable
    }

    /// What went wrong, for programs to tell apart.
    public var kind: Kind
    /// What happened and what to do next, in a sentence.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }

    static func damaged(run: String, _ what: String) -> RunStoreError {
        RunStoreError(.damaged, "the journal of run \(run) is damaged: \(what)")
    }

    package static func notFound(_ run: String) -> RunStoreError {
        RunStoreError(.notFound, "there is no run \(run); 'skillweaver runs list' shows which there are")
    }

    package static func conflict(_ run: String) -> RunStoreError {
        RunStoreError(.conflict, "somebody else wrote to the journal of run \(run) in between")
    }
}
