import JSONSchema

/// The members of one record, read with errors that name the member.
struct RecordFields {
    let members: JSONObject

    /// Parses one line of a batch file.
    init(line: String) throws(BatchRecordError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line)
        } catch {
            throw BatchRecordError("\(error)")
        }
        try self.init(value, name: "the line")
    }

    init(_ value: JSONValue, name: String) throws(BatchRecordError) {
        guard let members = value.objectValue else {
            throw BatchRecordError("\(name) is not an object but \(value.typeName)")
        }
        self.members = members
    }

    /// The member of that name; a null counts as absent.
    subscript(name: String) -> JSONValue? {
        members[name] == .null ? nil : members[name]
    }

    func text(_ name: String) throws(BatchRecordError) -> String {
        guard let text = try optionalText(name) else { throw BatchRecordError("\"\(name)\" is missing") }
        return text
    }

    func optionalText(_ name: String) throws(BatchRecordError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.stringValue else {
            throw BatchRecordError("\"\(name)\" is not a string but \(value.typeName)")
        }
        return text
    }

    /// A whole number from 0 up; nil where there is none.
    func optionalCount(_ name: String) throws(BatchRecordError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let count = value.intValue, count >= 0 else {
            throw BatchRecordError("\"\(name)\" is not a whole number from 0 up")
        }
        return count
    }

    func count(_ name: String) throws(BatchRecordError) -> Int {
        guard let count = try optionalCount(name) else { throw BatchRecordError("\"\(name)\" is missing") }
        return count
    }

    func optionalNumber(_ name: String) throws(BatchRecordError) -> Double? {
        guard let value = self[name] else { return nil }
        guard let number = value.doubleValue else {
            throw BatchRecordError("\"\(name)\" is not a number but \(value.typeName)")
        }
        return number
    }

    /// The elements of a list; none where the member is absent.
    func list(_ name: String) throws(BatchRecordError) -> [JSONValue] {
        guard let value = self[name] else { return [] }
        guard let elements = value.arrayValue else {
            throw BatchRecordError("\"\(name)\" is not an array but \(value.typeName)")
        }
        return elements
    }
}
