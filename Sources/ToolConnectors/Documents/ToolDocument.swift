import HTTPTransport
import JSONSchema
import SkillCatalog

/// A document that describes tools: what is in it decides what it is.
struct ToolDocument: Sendable {
    /// Largest document that is read.
    static let maximumBytes = 32 << 20
    private static let yamlLimits = YAMLLimits(bytes: maximumBytes, depth: 128, nodes: 2_000_000)

    /// Short name of the source it belongs to.
    let source: String
    let location: String
    /// The address it was fetched from; nil for a file.
    let address: HTTPURL?

    /// The skills and remarks in a document.
    ///
    /// - Throws: `SkillSourceError` where nothing of it can be used.
    func records(in bytes: [UInt8]) throws(SkillSourceError) -> [SourceRecord] {
        let value = try value(of: bytes)
        do throws(DocumentFault) {
            if FunctionList.isOne(value) {
                var list = try FunctionList(value, source: source, location: location)
                let skills = list.skills()
                return list.diagnostics.map(SourceRecord.diagnostic) + skills.map(SourceRecord.skill)
            }
            guard value["openapi"] != nil || value["swagger"] != nil else { throw Self.unknown(value) }
            var reader = OpenAPISkills(
                try OpenAPIDocument(value),
                source: source,
                location: location,
                address: address
            )
            let skills = reader.skills()
            return reader.diagnostics.map(SourceRecord.diagnostic) + skills.map(SourceRecord.skill)
        } catch {
            throw SkillSourceError(error.kind, location: location, error.message)
        }
    }

    private static func unknown(_ value: JSONValue) -> DocumentFault {
        if value["mcpServers"]?.objectValue != nil || value["servers"]?.objectValue != nil {
            return DocumentFault(.unknownFormat, "is a configuration of MCP servers, not a document with tools")
        }
        return DocumentFault(
            .unknownFormat,
            "is neither an OpenAPI document (it has no `openapi`) nor a list of functions"
        )
    }

    /// JSON where it starts like JSON, else YAML.
    private func value(of bytes: [UInt8]) throws(SkillSourceError) -> JSONValue {
        func fault(_ kind: SkillSourceError.Kind, _ message: String) -> SkillSourceError {
            SkillSourceError(kind, location: location, message)
        }
        guard !bytes.contains(0) else { throw fault(.unreadable, "holds zero bytes, so it is not text in UTF-8") }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let first = text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            throw fault(.empty, "is empty")
        }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            do throws(JSONSyntaxError) {
                return try JSONParser.parse(utf8: bytes)
            } catch {
                throw fault(.unreadable, "is not JSON: \(error.reason) (line \(error.line), column \(error.column))")
            }
        }
        guard let yaml = String(validating: text, as: UTF8.self) else {
            throw fault(.unreadable, "is not valid UTF-8; save it in that encoding")
        }
        do throws(YAMLError) {
            return try YAMLReader.read(yaml, limits: Self.yamlLimits).root.json
        } catch {
            throw fault(.unreadable, "is not YAML: \(error.reason) (line \(error.line), column \(error.column))")
        }
    }
}
