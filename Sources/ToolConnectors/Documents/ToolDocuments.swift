public import SkillCatalog

/// OpenAPI documents and lists of functions, in files.
///
/// Given to `SkillPath` and to a router's options, so that such a file can stand wherever skills can.
public struct ToolDocuments: SkillFileFormat {
    public init() {}

    public var accepted: String { "an OpenAPI document or a list of functions (.json, .yaml)" }
    public var fileExtensions: Set<String> { ["json", "yaml", "yml"] }

    public func source(at path: String, name: String?) -> any SkillSource { ToolDocumentFile(path: path, name: name) }
}
