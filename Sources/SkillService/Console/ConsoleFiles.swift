import HTTPTransport
import Storage

/// The console's own files, which the program carries with it.
struct ConsoleFiles: Sendable {
    private let bytes: [UInt8]
    private let mediaType: String
    private let tag: String

    private init(_ name: String, _ bytes: [UInt8]) {
        self.bytes = bytes
        mediaType =
            switch name.split(separator: ".").last {
            case "html": "text/html; charset=utf-8"
            case "css": "text/css; charset=utf-8"
            case "js": "text/javascript; charset=utf-8"
            case "svg": "image/svg+xml"
            default: "application/octet-stream"
            }
        tag = "\"\(ContentHash(of: bytes).hexadecimal.prefix(16))\""
    }

    private static let files: [String: ConsoleFiles] = .init(
        uniqueKeysWithValues: contents.map { ($0.key, ConsoleFiles($0.key, $0.value)) }
    )

    /// The file of a path; nil for a path that is none of the console's.
    static func file(_ path: [String]) -> ConsoleFiles? {
        switch path.count {
        case 0: files["index.html"]
        case 1 where path[0] == "favicon.ico": files["icon.svg"]
        case 2 where path[0] == "console": files[path[1]]
        default: nil
        }
    }

    /// - Throws: `ServiceProblem` for anything but reading.
    func response(to request: HTTPServerRequest) throws -> HTTPServerResponse {
        guard request.method == .get || request.method == .head else {
            var problem = ServiceProblem(405, "method", "\(request.method) is not done here")
            problem.headers["Allow"] = "GET, HEAD"
            throw problem
        }
        var headers = Self.headers
        headers["ETag"] = tag
        if request.headers.values(of: "If-None-Match").contains(where: { $0.contains(tag) }) {
            return HTTPServerResponse(304, headers: headers)
        }
        headers["Content-Type"] = mediaType
        return HTTPServerResponse(200, headers: headers, body: .bytes(bytes))
    }

    /// Nothing from elsewhere is loaded, run, framed or told where the reader came from.
    private static let headers: HTTPHeaders = [
        "Content-Security-Policy": [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
            "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; "),
        "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-cache",
    ]
}
