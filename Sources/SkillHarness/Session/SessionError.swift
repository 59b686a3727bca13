/// Why a session cannot do what it was asked; the text is fit to be handed to a model.
public struct SessionError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case unknownSkill = "unknown-skill"
        case unknownTool = "unknown-tool"
        /// The tool exists, its skill is not loaded.
        case notLoaded = "not-loaded"
        case invalidArguments = "invalid-arguments"
        case unreadableFile = "unreadable-file"
        /// The library could not be read or searched.
        case libraryFailed = "library-failed"
    }

    public var kind: Kind
    /// What is wrong and what to do next.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
