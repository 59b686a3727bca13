import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

/// An example that is published with the specification of the modern era.
struct PublishedExample: Sendable, CustomTestStringConvertible {
    /// The definition of the schema it is an example of.
    let definition: String
    let file: String

    static let folder = "mcp/2026-07-28/examples"

    /// All of them; none where the shared folder is missing.
    static let all: [PublishedExample] = {
        guard let folder = SharedData.path(folder) else { return [] }
        let definitions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return definitions.sorted().flatMap { definition in
            let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(definition)")) ?? []
            return files.sorted().filter { $0.hasSuffix(".json") }
                .map { PublishedExample(definition: definition, file: "\(folder)/\(definition)/\($0)") }
        }
    }()

    func json() throws -> JSONValue { try JSONParser.parse(text(of: file)) }

    var testDescription: String { file.split(separator: "/").suffix(2).joined(separator: "/") }
}
