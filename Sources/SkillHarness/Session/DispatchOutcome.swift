public import JSONSchema
public import PlanExecution

/// What came of a call a model asked for.
public struct DispatchOutcome: Sendable, Hashable {
    /// What the model reads: the result as JSON text, or what is wrong and what to do next.
    public var text: String
    /// The result; nil where the call failed.
    public var value: JSONValue?
    /// Why the tool failed; nil where it did not, or was never called.
    public var failure: ToolFailure?
    /// The tool that was called; nil for the session's own and for names that mean none.
    public var tool: QualifiedTool?
    /// Id of the skill whose document the text holds.
    public var document: String?

    public var isError: Bool { value == nil }
}
