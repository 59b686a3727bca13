package import HTTPTransport
package import JSONSchema

/// The arguments of a tool that are repeated in headers, as its schema says with `x-mcp-header`
/// (revision 2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters").
package struct HeaderParameters: Sendable, Hashable {
    package struct Parameter: Sendable, Hashable {
        /// The part of the header's name after `Mcp-Param-`.
        package var header: String
        /// The members that lead to the argument.
        package var path: [String]
    }

    package private(set) var parameters: [Parameter] = []

    /// Reads the annotations of an input schema.
    ///
    /// - Throws: `MalformedValue` where one of them breaks a rule; such a tool must not be offered over HTTP.
    package init(inputSchema: JSONObject) throws(MalformedValue) {
        try collect(.object(inputSchema), path: [], isReachable: true, depth: 0)
        var seen: Set<String> = []
        for parameter in parameters where !seen.insert(parameter.header.lowercased()).inserted {
            throw MalformedValue(parameter.path, problem: "two arguments want the header \(parameter.header)")
        }
    }

    package var isEmpty: Bool { parameters.isEmpty }

    /// The headers for some arguments; one that is absent or null has none.
    package func headers(for arguments: JSONObject) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for parameter in parameters {
            guard let text = Self.text(Self.value(at: parameter.path, in: arguments)) else { continue }
            headers[MirroredHeaders.parameterPrefix + parameter.header] = MirroredHeaders.encoded(text)
        }
        return headers
    }

    /// What is wrong with the headers of a request for these arguments; nil where nothing is.
    package func mismatch(_ headers: HTTPHeaders, _ arguments: JSONObject) -> String? {
        for parameter in parameters {
            let name = MirroredHeaders.parameterPrefix + parameter.header
            let value = Self.value(at: parameter.path, in: arguments)
            guard headers.values(of: name).count <= 1 else { return "the header \(name) is there more than once" }
            guard let sent = headers[name] else {
                if Self.text(value) != nil { return "the header \(name) is missing" }
                continue
            }
            guard let decoded = MirroredHeaders.decoded(sent) else { return "the header \(name) cannot be read" }
            guard let text = Self.text(value) else { return "the header \(name) has no argument" }
            let isSameNumber = value?.intValue != nil && Double(decoded) == value?.doubleValue
            guard decoded == text || isSameNumber else { return "the header \(name) does not match its argument" }
        }
        return nil
    }

    private static let annotation = "x-mcp-header"
    private static let maximumDepth = 64

    private mutating func collect(
        _ schema: JSONValue,
        path: [String],
        isReachable: Bool,
        depth: Int
    ) throws(MalformedValue) {
        guard depth < Self.maximumDepth, let members = schema.objectValue else { return }
        if let annotation = members[Self.annotation], !path.isEmpty {
            guard isReachable else {
                throw MalformedValue(path, problem: "\(Self.annotation) stands where no argument can be found by name")
            }
            guard let header = annotation.stringValue, HTTPHeaders.isToken(header) else {
                throw MalformedValue(path, problem: "\(Self.annotation) must be the rest of a header's name")
            }
            guard ["string", "integer", "boolean"].contains(members["type"]?.stringValue ?? "") else {
                throw MalformedValue(path, problem: "only a string, an integer or a boolean can stand in a header")
            }
            parameters.append(Parameter(header: header, path: path))
        }
        for (key, value) in members {
            if key == "properties", let properties = value.objectValue {
                for (name, property) in properties {
                    try collect(property, path: path + [name], isReachable: isReachable, depth: depth + 1)
                }
            } else if case .object = value, key != "default", key != "const" {
                try collect(value, path: path + [key], isReachable: false, depth: depth + 1)
            } else if case .array(let elements) = value, key != "enum", key != "examples" {
                for element in elements {
                    try collect(element, path: path + [key], isReachable: false, depth: depth + 1)
                }
            }
        }
    }

    private static func value(at path: [String], in arguments: JSONObject) -> JSONValue? {
        path.reduce(.object(arguments)) { value, member in value?[member] }
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let truth): truth ? "true" : "false"
        case .integer(let number): "\(number)"
        case .number(let number): Int64(exactly: number).map { "\($0)" }
        default: nil
        }
    }
}
