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

    /// Reads like `read`, and passes over what is as it was.
    ///
    /// - Parameter known: the records of this source that a library holds already.
    nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws

    /// Tells when the source has changed, for as long as somebody listens.
    ///
    /// What changes before the first element is asked for may be missed; read the source after that.
    func changes(_ pace: WatchPace) -> AsyncStream<SourceChange>
}

extension SkillSource {
    /// Reads every record: this source has no cheaper way to tell what changed.
    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        try await read { record in try await receive(.record(record, stamp: nil)) }
    }

    /// Tells of no change: this source cannot.
    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        AsyncStream { $0.finish() }
    }
}

/// What a source yields to a library that knows it already.
public enum SourceDelivery: Sendable {
    /// A record that was read; with its stamp where it is a skill that gave no cause for remarks.
    case record(SourceRecord, stamp: RecordStamp?)
    /// A record that is as it was.
    case unchanged(KnownRecords.Record)
}

/// What a source yields: a skill, or a note about one that could not be used as written.
public enum SourceRecord: Sendable, Hashable {
    case skill(Skill)
    case diagnostic(Diagnostic)
}

/// A fault of a whole source; nothing of it was read.
public struct SkillSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, for programs to tell apart.
    public enum Kind: String, Sendable, Hashable {
        case missing, empty, unreadable, unknownFormat
    }

    /// What went wrong, for programs to tell apart.
    public var kind: Kind
    /// The path or address it happened at.
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
