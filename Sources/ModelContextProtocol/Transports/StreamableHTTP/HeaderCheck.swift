import HTTPTransport
import JSONSchema

/// Compares the headers of a modern request with its body: who stands between must not be told something else than
/// who answers (revision 2026-07-28, Streamable HTTP, "Server Validation").
enum HeaderCheck {
    /// What does not match, in words; nil where everything does.
    static func mismatch(_ headers: HTTPHeaders, _ request: Message.Request) -> String? {
        let versions = headers.values(of: MirroredHeaders.version)
        guard let version = versions.first else { return "\(MirroredHeaders.version) is missing" }
        guard versions.count == 1 else { return "\(MirroredHeaders.version) is there more than once" }
        guard let body = request.parameters[MetaKey.meta]?[MetaKey.protocolVersion]?.stringValue else {
            return "the body does not name the version the header \(MirroredHeaders.version) names"
        }
        guard version == body else {
            return
                "\(MirroredHeaders.version) '\(Excerpt.of(version))' does not match '\(Excerpt.of(body))' of the body"
        }
        // A version that is not spoken here is answered as such, whatever else its headers would be.
        guard ProtocolVersion(rawValue: body).isSupported else { return nil }
        if let fault = compare(headers, MirroredHeaders.method, request.method) { return fault }
        if let member = MirroredHeaders.nameMember(of: request.method) {
            return compare(headers, MirroredHeaders.name, request.parameters[member]?.stringValue ?? "")
        }
        return nil
    }

    private static func compare(_ headers: HTTPHeaders, _ name: String, _ body: String) -> String? {
        let values = headers.values(of: name)
        guard let value = values.first else { return "\(name) is missing" }
        guard values.count == 1, let decoded = MirroredHeaders.decoded(value) else { return "\(name) cannot be read" }
        guard decoded == body else {
            return "\(name) header value '\(Excerpt.of(decoded))' does not match body value '\(Excerpt.of(body))'"
        }
        return nil
    }
}

/// The kinds of answer a client takes.
struct Accepted {
    var json = false
    var events = false

    init(_ values: [String]) {
        let types = values.flatMap { $0.split(separator: ",") }
            .map { $0.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased() }
        let takesAll = types.isEmpty || types.contains("*/*")
        json = takesAll || types.contains("application/json") || types.contains("application/*")
        events = types.contains("text/event-stream") || types.contains("text/*") || types.contains("*/*")
    }
}
