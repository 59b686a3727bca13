/// What a request asks the server to do.
package struct HTTPMethod: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    package let rawValue: String

    /// A method of any name; nil where it is no token (RFC 9110, 5.6.2).
    package init?(rawValue: String) {
        guard HTTPHeaders.isToken(rawValue), rawValue.utf8.count <= 32 else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) { rawValue = known }

    package static let get = HTTPMethod(known: "GET")
    package static let head = HTTPMethod(known: "HEAD")
    package static let post = HTTPMethod(known: "POST")
    package static let put = HTTPMethod(known: "PUT")
    package static let patch = HTTPMethod(known: "PATCH")
    package static let delete = HTTPMethod(known: "DELETE")
    package static let options = HTTPMethod(known: "OPTIONS")

    /// Asking twice does what asking once does (RFC 9110, 9.2.2).
    package var isIdempotent: Bool {
        [.get, .head, .put, .delete, .options].contains(self)
    }

    package var description: String { rawValue }
}
