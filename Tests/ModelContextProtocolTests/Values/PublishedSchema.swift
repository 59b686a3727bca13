import JSONSchema
import TestSupport

/// The published schema of one era of the protocol.
enum PublishedSchema: String, Sendable, CaseIterable {
    case legacy = "2025-11-25"
    case modern = "2026-07-28"

    private static let documents: [PublishedSchema: JSONObject] = {
        var documents: [PublishedSchema: JSONObject] = [:]
        for era in allCases {
            guard let path = SharedData.path("mcp/\(era.rawValue)/schema.json"), let text = try? text(of: path) else {
                continue
            }
            documents[era] = (try? JSONParser.parse(text))?.objectValue
        }
        return documents
    }()

    static let isThere = documents.count == allCases.count

    /// The definition of that name; nil where the era has none.
    func definition(_ name: String) -> JSONValue? { Self.documents[self]?["$defs"]?[name] }

    /// A schema that accepts what the definition describes.
    func schema(of name: String) throws -> Schema {
        var document = Self.documents[self] ?? JSONObject()
        document["$ref"] = .string("#/$defs/\(name)")
        return try Schema(.object(document))
    }
}
