import HTTPTransport
import JSONSchema

extension HTTPOperation {
    /// The request that makes a call.
    ///
    /// Every argument is escaped for its place: none of them can change the server, add a path segment or a header.
    /// - Parameter secret: the value of the authorization's variable.
    func request(
        _ arguments: JSONObject,
        idempotencyKey: String,
        secret: String?,
        limits: HTTPLimits
    ) throws(ToolFailure) -> HTTPRequest {
        var path = template
        var query: [(name: String, value: String)] = []
        var headers = headers
        var body: JSONValue?
        for (name, value) in arguments {
            let parameter = parameters[name] ?? Parameter(hasBody ? .body : .query, name)
            switch parameter.place {
            case .path: path = try Self.filled(path, parameter.name, value)
            case .query: query += Self.texts(value).map { (parameter.name, $0) }
            case .header: headers[parameter.name] = Self.texts(value).joined(separator: ",")
            case .wholeBody: body = value
            case .body:
                var members = body?.objectValue ?? [:]
                members[parameter.name] = value
                body = .object(members)
            }
        }
        if let open = path.firstIndex(of: "{") {
            throw Self.invalid("the address needs \(path[open...].prefix { $0 != "}" })}, which no argument gives")
        }
        if let authorization, let secret {
            switch authorization.place {
            case .query: query.append((authorization.name, authorization.prefix + secret))
            default: headers[authorization.name] = authorization.prefix + secret
            }
        }
        if let idempotencyHeader, !method.isIdempotent { headers[idempotencyHeader] = idempotencyKey }
        if headers["Accept"] == nil { headers["Accept"] = "application/json, */*;q=0.5" }
        if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        if !query.isEmpty {
            path += path.contains("?") ? "&" : "?"
            path += query.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
        }
        do throws(HTTPError) {
            let bytes = body.map { Array($0.serialized().utf8) }
            return HTTPRequest(method, try HTTPURL(path), headers: headers, body: bytes, limits: limits)
        } catch {
            throw Self.invalid("\(error)")
        }
    }

    private var hasBody: Bool { [.post, .put, .patch].contains(method) }

    private static func filled(_ path: String, _ name: String, _ value: JSONValue) throws(ToolFailure) -> String {
        let text = texts(value).joined(separator: ",")
        guard !text.isEmpty, text != ".", text != ".." else {
            throw invalid("\(name) is part of the address and cannot be '\(text)'")
        }
        return path.replacing("{\(name)}", with: escaped(text))
    }

    private static func invalid(_ reason: String) -> ToolFailure {
        ToolFailure(.invalidInput, code: "invalid-arguments", reason)
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
