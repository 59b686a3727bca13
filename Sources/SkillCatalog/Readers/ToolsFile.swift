import JSONSchema

/// The `schema.json` beside a `SKILL.md`: the skill's tools.
///
/// Read as a list of tools; also as an object with a member `tools`, and with each tool wrapped as
/// `{"type": "function", "function": {…}}`, because such files are common.
struct ToolsFile: Sendable, Hashable {
    static let fileName = "schema.json"
    /// Largest file that is read, in bytes.
    static let maximumBytes = 4 << 20

    var path: String
    /// Whether the file is a list, as the format says.
    var isList: Bool
    var entries: [ToolEntry]

    /// Reads a file. Throws the diagnostic when nothing can be made of it.
    init(path: String) throws(Rejection) {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try RegularFile.contents(of: path, limit: Self.maximumBytes)
        } catch {
            throw Rejection(error)
        }
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(utf8: bytes)
        } catch {
            throw Rejection(
                .invalidJSON,
                "it is not valid JSON: \(error.reason) (column \(error.column))",
                file: path,
                line: error.line
            )
        }
        self.path = path
        isList = value.arrayValue != nil
        guard let elements = value.arrayValue ?? value["tools"]?.arrayValue else {
            throw Rejection(.invalidToolsFile, "it must be a list of tools, not \(value.typeName)", file: path)
        }
        entries = elements.enumerated().map { ToolEntry($1, position: $0 + 1) }
    }
}
