/// What a request says before its body, refused where two readers could understand it differently (RFC 9112, 11.2).
struct RequestHead: Sendable, Hashable {
    /// Path and query, whichever form the client chose; `*` for what concerns the whole server.
    var target: String
    var headers: HTTPHeaders

    /// Why a request is not taken, as its status.
    struct Refusal: Error, Hashable {
        var status: HTTPStatus
    }

    /// - Parameters:
    ///   - target: as the client wrote it; nil where that is not UTF-8.
    ///   - headers: nil where a name or value holds what none may.
    ///   - bodyLimit: bytes a body may have.
    init(method: String, target: String?, headers: HTTPHeaders?, bodyLimit: Int) throws(Refusal) {
        guard let target, let headers, target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Refusal(status: 400)
        }
        self.target = target
        self.headers = headers
        guard headers.values(of: "Host").count <= 1 else { throw Refusal(status: 400) }
        if !target.hasPrefix("/"), !(target == "*" && method == "OPTIONS") { try readAbsoluteForm() }
        try checkLength(bodyLimit)
    }

    /// `http://host/path` names the server itself, whatever the `Host` field says (RFC 9112, 3.2.2).
    private mutating func readAbsoluteForm() throws(Refusal) {
        let lowered = target.prefix(8).lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { throw Refusal(status: 400) }
        let rest = target.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { throw Refusal(status: 400) }
        let path = String(decoding: rest.dropFirst(authority.count), as: UTF8.self)
        headers["Host"] = String(decoding: authority, as: UTF8.self)
        target = path.hasPrefix("/") ? path : "/" + path
    }

    /// How long a body is must be said once and in one way, or what follows it could pass for another request.
    private func checkLength(_ limit: Int) throws(Refusal) {
        let codings = headers.values(of: "Transfer-Encoding")
        let lengths = headers.values(of: "Content-Length")
        guard codings.count + lengths.count <= 1 else { throw Refusal(status: 400) }
        if let coding = codings.first, coding.lowercased() != "chunked" { throw Refusal(status: 501) }
        guard let length = lengths.first else { return }
        guard !length.isEmpty, length.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            throw Refusal(status: 400)
        }
        // A number that is too large to be read is too large.
        guard let length = Int(length), length <= limit else { throw Refusal(status: 413) }
    }
}
