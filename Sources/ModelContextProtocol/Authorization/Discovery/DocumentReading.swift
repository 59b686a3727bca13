import JSONSchema

/// Reads members of a document of metadata; what is there must be what it should be.
struct DocumentReading {
    let place: String
    let members: JSONObject

    private static let maximumTexts = 256

    init(_ json: JSONValue, from place: String) throws(AuthorizationError) {
        guard let members = json.objectValue else {
            throw AuthorizationError(.malformedDocument, place, "it is \(json.typeName), not an object")
        }
        self.place = place
        self.members = members
    }

    func text(_ name: String) throws(AuthorizationError) -> String? {
        guard let value = members[name], value != .null else { return nil }
        guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= 4_096 else {
            throw AuthorizationError(.malformedDocument, place, "`\(name)` is no text of usable length")
        }
        return text
    }

    func needed(_ name: String) throws(AuthorizationError) -> String {
        guard let text = try text(name) else {
            throw AuthorizationError(.malformedDocument, place, "`\(name)` is missing")
        }
        return text
    }

    func texts(_ name: String) throws(AuthorizationError) -> [String]? {
        guard let value = members[name], value != .null else { return nil }
        guard let elements = value.arrayValue, elements.count <= Self.maximumTexts else {
            throw AuthorizationError(.malformedDocument, place, "`\(name)` is no list of usable length")
        }
        let texts = elements.compactMap(\.stringValue)
        guard texts.count == elements.count else {
            throw AuthorizationError(.malformedDocument, place, "`\(name)` holds something that is no text")
        }
        return texts
    }

    func truth(_ name: String) -> Bool { members[name]?.boolValue ?? false }
}
