package import JSONSchema

/// One line of a batch: a request, and the id its answer carries.
package struct BatchQuery: Sendable, Hashable {
    /// A string or a whole number, given back as it came.
    package let id: JSONValue
    package let query: String

    /// Reads `{"id": …, "query": …}`; other members are left alone.
    init(line: [UInt8]) throws(BatchLineFault) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(utf8: line)
        } catch {
            throw BatchLineFault(reason: "invalid JSON at column \(error.column): \(error.reason)")
        }
        guard value.objectValue != nil else {
            throw BatchLineFault(reason: "an object is expected, not \(value.typeName)")
        }
        switch value["id"] {
        case .string?, .integer?: id = value["id"] ?? .null
        case nil: throw BatchLineFault(reason: "the member 'id' is missing")
        case let other?: throw BatchLineFault(reason: "'id' must be a string or a whole number, not \(other.typeName)")
        }
        guard let query = value["query"] else { throw BatchLineFault(reason: "the member 'query' is missing") }
        guard let text = query.stringValue else {
            throw BatchLineFault(reason: "'query' must be a string, not \(query.typeName)")
        }
        self.query = text
    }
}

/// Why one line is not a query.
struct BatchLineFault: Error {
    let reason: String
}

/// A batch that cannot be read, or one line of it that is wrong.
package struct BatchError: Error, Sendable, Hashable, CommandErrorConvertible {
    /// The file as the user named it; `stdin` for the standard input.
    package let file: String
    /// Line in the file, from 1; nil when the file as a whole is at fault.
    package let line: Int?
    package let reason: String

    package var commandError: CommandError {
        if let line {
            CommandError(
                "invalid-batch-line",
                "\(file):\(line): \(reason)",
                hint: #"a line looks like {"id": "1", "query": "…"}"#
            )
        } else {
            CommandError("unreadable-batch", "\(file): \(reason)")
        }
    }
}
