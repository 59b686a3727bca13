import JSONSchema
import SkillCatalog

/// An OpenAPI document of version 3.0 or 3.1, read but not yet understood.
struct OpenAPIDocument: Sendable {
    /// Whether schemas are written in the dialect of 3.0 instead of JSON Schema 2020-12.
    let isOld: Bool
    let root: JSONValue
    let title: String
    let summary: String

    /// Longest chain of references.
    static let maximumReferences = 32

    /// - Throws: what is wrong with the document as a whole, as the end of a sentence that starts with its name.
    init(_ root: JSONValue) throws(DocumentFault) {
        guard root.objectValue != nil else {
            throw DocumentFault(.unknownFormat, "is \(root.typeName), not an OpenAPI document")
        }
        if let version = root["swagger"] {
            throw DocumentFault(
                .unknownFormat,
                "is written in Swagger \(Self.text(version)); only OpenAPI 3 is read: convert it first"
            )
        }
        let version = root["openapi"].map(Self.text) ?? ""
        let numbers = version.split(separator: ".").prefix(2).map { Int($0) }
        guard numbers.count == 2, numbers[0] == 3, let minor = numbers[1], (0...2).contains(minor) else {
            throw DocumentFault(
                .unknownFormat,
                "has the OpenAPI version '\(version.prefix(20))'; only 3.0, 3.1 and 3.2 are read"
            )
        }
        isOld = minor == 0
        self.root = root
        title = CleanedText.label(root["info"]?["title"]?.stringValue ?? "")
        summary = CleanedText.prose(
            root["info"]?["summary"]?.stringValue ?? root["info"]?["description"]?.stringValue ?? ""
        )
        guard root["paths"]?.objectValue != nil else {
            throw DocumentFault(.empty, "has no `paths`, so there is nothing to call")
        }
    }

    /// A version as it was written; YAML takes 3.0 for a number.
    private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.serialized() }

    // MARK: - References

    /// Follows references until something else stands there.
    ///
    /// - Throws: why a reference leads nowhere.
    func resolved(_ value: JSONValue) throws(DocumentFault) -> JSONValue {
        var value = value
        for _ in 0..<Self.maximumReferences {
            guard let reference = value["$ref"]?.stringValue else { return value }
            value = try target(of: reference)
        }
        throw DocumentFault(.unreadable, "holds references that lead round in a circle")
    }

    /// What a reference names inside this document.
    func target(of reference: String) throws(DocumentFault) -> JSONValue {
        guard reference.hasPrefix("#") else {
            throw DocumentFault(
                .unreadable,
                "refers to '\(CleanedText.label(reference).prefix(120))' outside of it, which is not fetched"
            )
        }
        let fragment = PercentDecoding.text(String(reference.dropFirst()))
        guard let pointer = JSONPointer(fragment), let found = root[pointer] else {
            throw DocumentFault(
                .unreadable,
                "refers to '\(CleanedText.label(reference).prefix(120))', which is not there"
            )
        }
        return found
    }
}

/// What is wrong with a document, as the end of a sentence that starts with its name.
struct DocumentFault: Error, Sendable, Hashable {
    let kind: SkillSourceError.Kind
    let message: String

    init(_ kind: SkillSourceError.Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// Texts with `%2F` and the like, as they stand in fragments.
enum PercentDecoding {
    /// Escapes that make no UTF-8 stay as they are.
    static func text(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            rest.removeFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}
