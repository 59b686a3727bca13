import HTTPTransport

extension AuthorizationChallenge {
    /// Reads the `Bearer` challenge of a refusal (RFC 9110, 11.6.1); other schemes are passed over.
    init(_ response: HTTPResponseHead) {
        self.init(status: response.status)
        for field in response.headers.values(of: "WWW-Authenticate") {
            let parameters = Self.bearerParameters(field)
            resourceMetadata = resourceMetadata ?? parameters["resource_metadata"]
            scope = scope ?? parameters["scope"]
            error = error ?? parameters["error"]
        }
    }

    private static func bearerParameters(_ field: String) -> [String: String] {
        let scheme = "bearer"
        guard field.utf8.count <= 8 << 10, field.lowercased().hasPrefix(scheme) else { return [:] }
        var parameters: [String: String] = [:]
        var rest = field.utf8.dropFirst(scheme.utf8.count)
        while true {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") }
            guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "=") else { break }
            rest = rest[name.endIndex...].dropFirst()
            var value: [UInt8] = []
            if rest.first == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                    value.append(byte == UInt8(ascii: "\\") ? rest.popFirst() ?? byte : byte)
                }
            } else {
                let token = rest.prefix { $0 != 0x20 && $0 != UInt8(ascii: ",") }
                value = Array(token)
                rest = rest[token.endIndex...]
            }
            parameters[String(decoding: name, as: UTF8.self).lowercased()] = String(decoding: value, as: UTF8.self)
        }
        return parameters
    }
}
