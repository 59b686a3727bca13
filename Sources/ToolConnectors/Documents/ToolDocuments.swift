public import SkillCatalog

/// OpenAPI documents and lists of functions, in files.
///
/// Given to `SkillPath` and to a router's options, so that such a file can stand wherever skills can.
public struct ToolDocuments: SkillFileFormat {
    public init() {}

    public var accepted: String { "an OpenAPI document or a list of functions (.json, .yaml, or its address)" }
    public var fileExtensions: Set<String> { ["json", "yaml", "yml"] }

    public var readsAddresses: Bool { true }

    public func source(at place: String, name: String?) throws(SkillSourceError) -> any SkillSource {
        guard SourceAddress.isOne(place) else { return ToolDocumentFile(path: place, name: name) }
        return try RemoteToolDocument(place, name: name)
    }
}
