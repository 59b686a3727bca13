import HTTPTransport
import JSONSchema

/// A request while its arguments are put in their places.
///
/// Every argument is escaped for its place: none can change the server, add a segment to the path, or add a header.
struct HTTPRequestParts {
    private(set) var path: String
    var headers: HTTPHeaders
    private var query: [(name: String, value: String)] = []
    private var cookies: [(name: String, value: String)] = []
    private var form: [(name: String, value: String)]?
    private var json: JSONValue?
    private var text: String?

    init(path: String, headers: HTTPHeaders) {
        self.path = path
        self.headers = headers
    }

    mutating func put(_ value: JSONValue, _ parameter: HTTPOperation.Parameter) throws(ToolFailure) {
        let name = parameter.name
        switch parameter.place {
        case .path: try fill(parameter, with: value)
        case .query: query += Self.items(value, parameter)
        case .header: headers[name] = Self.joined(value, parameter.style)
        case .cookie: cookies += Self.items(value, parameter)
        case .form: form = (form ?? []) + Self.items(value, parameter)
        case .wholeBody: json = value
        case .text: text = Self.texts(value).joined(separator: "\n")
        case .body:
            var members = json?.objectValue ?? [:]
            members[name] = value
            json = .object(members)
        }
    }

    mutating func put(_ secret: String, _ authorization: HTTPOperation.Authorization) {
        let value = authorization.prefix + (authorization.isBasic ? Base64.text(Array(secret.utf8)) : secret)
        switch authorization.place {
        case .query: query.append((authorization.name, value))
        case .cookie: cookies.append((authorization.name, value))
        default: headers[authorization.name] = value
        }
    }

    /// The address with its query.
    var target: String {
        guard !query.isEmpty else { return path }
        return path + (path.contains("?") ? "&" : "?") + Self.encoded(query)
    }

    /// What is sent as the body, and what it is called.
    var body: (bytes: [UInt8], type: String)? {
        if let form { return (Array(Self.encoded(form).utf8), "application/x-www-form-urlencoded") }
        if let text { return (Array(text.utf8), "text/plain; charset=utf-8") }
        return json.map { (Array($0.serialized().utf8), "application/json") }
    }

    /// Writes the cookies into their header.
    mutating func finishCookies() {
        guard !cookies.isEmpty else { return }
        let pairs = cookies.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
        headers["Cookie"] = pairs.joined(separator: "; ")
    }

    static func invalid(_ reason: String) -> ToolFailure {
        ToolFailure(.invalidInput, code: "invalid-arguments", reason)
    }

    // MARK: - Values as texts

    private mutating func fill(
        _ parameter: HTTPOperation.Parameter,
        with value: JSONValue
    ) throws(ToolFailure) {
        let text = Self.joined(value, parameter.style)
        guard !text.isEmpty, text != ".", text != ".." else {
            throw Self.invalid("\(parameter.name) is part of the address and cannot be '\(text)'")
        }
        path = path.replacing("{\(parameter.name)}", with: Self.escaped(text))
    }

    /// A value as items with a name each.
    private static func items(
        _ value: JSONValue,
        _ parameter: HTTPOperation.Parameter
    ) -> [(name: String, value: String)] {
        let name = parameter.name
        switch parameter.style {
        case .repeated:
            // An object that is spread out has its members in the place of its name.
            if let members = value.objectValue, parameter.place == .form || parameter.place == .query {
                return members.flatMap { member in texts(member.value).map { (member.key, $0) } }
            }
            return texts(value).map { (name, $0) }
        case .deepObject:
            guard let members = value.objectValue else { return texts(value).map { (name, $0) } }
            return members.flatMap { member in texts(member.value).map { ("\(name)[\(member.key)]", $0) } }
        case .json: return [(name, value.serialized())]
        case .commas, .spaces, .pipes: return [(name, joined(value, parameter.style))]
        }
    }

    /// A value as one text.
    private static func joined(_ value: JSONValue, _ style: HTTPOperation.Style) -> String {
        switch style {
        case .json: value.serialized()
        case .spaces: texts(value).joined(separator: " ")
        case .pipes: texts(value).joined(separator: "|")
        case .repeated, .commas, .deepObject: texts(value).joined(separator: ",")
        }
    }

    /// A value as texts: one for a scalar, several for a list, JSON for an object.
    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .null: []
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        default: [value.serialized()]
        }
    }

    private static func encoded(_ items: [(name: String, value: String)]) -> String {
        items.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    }

    /// Percent-encodes everything but the unreserved characters (RFC 3986, 2.3).
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Bytes as text of 64 characters (RFC 4648, 4).
private enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
