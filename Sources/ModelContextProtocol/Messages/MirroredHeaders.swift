package import HTTPTransport
import JSONSchema

/// What a modern request over HTTP repeats in its headers, so that what stands between can route it unread
/// (revision 2026-07-28, Streamable HTTP, "Request Metadata").
package enum MirroredHeaders {
    package static let version = "MCP-Protocol-Version"
    package static let method = "Mcp-Method"
    package static let name = "Mcp-Name"
    package static let parameterPrefix = "Mcp-Param-"
    package static let session = "Mcp-Session-Id"

    /// The member of the parameters that `Mcp-Name` repeats; nil where the method has none.
    package static func nameMember(of method: String) -> String? {
        switch method {
        case Method.callTool, Method.getPrompt: "name"
        case Method.readResource: "uri"
        default: nil
        }
    }

    /// A text as a header value: as it is where it is safe there, else in the protocol's base64 form.
    package static func encoded(_ text: String) -> String {
        let isSafe = text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
        let hasEdges = [text.utf8.first, text.utf8.last].contains { isBlank($0) }
        let looksEncoded = text.hasPrefix(prefix) && text.hasSuffix(suffix)
        return isSafe && !hasEdges && !looksEncoded ? text : prefix + Base64Text.encode(Array(text.utf8)) + suffix
    }

    /// The text of a header value; nil where it is encoded wrongly or holds what no header may.
    package static func decoded(_ value: String) -> String? {
        guard value.hasPrefix(prefix), value.hasSuffix(suffix),
            value.utf8.count >= prefix.utf8.count + suffix.utf8.count
        else { return value.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } ? value : nil }
        let inner = value.dropFirst(prefix.count).dropLast(suffix.count)
        return Base64Text.decode(inner.utf8).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The headers of a request, without those of its arguments.
    package static func headers(for request: Message.Request, _ version: ProtocolVersion) -> HTTPHeaders {
        var headers: HTTPHeaders = [self.version: version.rawValue, method: encoded(request.method)]
        if let member = nameMember(of: request.method), let value = request.parameters[member]?.stringValue {
            headers[name] = encoded(value)
        }
        return headers
    }

    private static func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static let prefix = "=?base64?"
    private static let suffix = "?="
}
