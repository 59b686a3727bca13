/// The number that says how a request went, 100 … 599.
package struct HTTPStatus: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    package let code: Int

    package init(_ code: Int) { self.code = code }

    package init(integerLiteral code: Int) { self.init(code) }

    package var isInformational: Bool { (100..<200).contains(code) }
    package var isSuccess: Bool { (200..<300).contains(code) }
    package var isRedirection: Bool { (300..<400).contains(code) }
    package var isClientError: Bool { (400..<500).contains(code) }
    package var isServerError: Bool { (500..<600).contains(code) }

    package static func < (left: HTTPStatus, right: HTTPStatus) -> Bool { left.code < right.code }

    /// The number and, where it is a common one, its usual name.
    package var description: String { name.map { "\(code) \($0)" } ?? "\(code)" }

    private var name: String? {
        switch code {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 507: "Insufficient Storage"
        default: nil
        }
    }
}
