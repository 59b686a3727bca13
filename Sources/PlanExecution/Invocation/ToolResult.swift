public import JSONSchema

/// What a tool returned.
public struct ToolResult: Sendable, Hashable {
    /// Untrusted: it comes from the tool. Checked against the output schema where the tool declares one.
    public var value: JSONValue
    /// What the tool or its process said beside, bounded, for the report.
    public var remarks: [String]

    public init(value: JSONValue, remarks: [String] = []) {
        self.value = value
        self.remarks = remarks
    }
}
