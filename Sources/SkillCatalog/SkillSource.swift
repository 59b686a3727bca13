/// A place skills come from: a folder, a JSONL file, a Markdown list, later a server or an API document.
///
/// Reading is lenient: a bad record becomes a diagnostic and the rest goes on. Only a fault of the whole source throws.
public protocol SkillSource: Sendable {
    /// Short name of the source, unique within a library; the prefix of a skill whose id another source has taken.
    var name: String { get }

    /// Where the source is, absolute, as a person would write it.
    var location: String { get }

    /// Reads every skill in the order of the source and hands over each as it is found, in bounded memory.
    ///
    /// Runs where its caller runs, so that an actor can take the records into its own state. Stops with
    /// `CancellationError` soon after its task is cancelled.
    nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws
}

/// What a source yields: a skill, or a note about one that could not be used as written.
public enum SourceRecord: Sendable, Hashable {
    case skill(Skill)
    case diagnostic(Diagnostic)
}

/// A fault of a whole source; nothing of it was read.
public struct SkillSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable {
        case missing, empty, unreadable, unknownFormat
    }

    public var kind: Kind
    public var location: String
    /// What happened, and what to do next.
    public var message: String

    public init(_ kind: Kind, location: String, _ message: String) {
        self.kind = kind
        self.location = location
        self.message = message
    }

    public var description: String { "\(location): \(message)" }
}
