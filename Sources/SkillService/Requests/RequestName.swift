import HTTPTransport
import ModelContextProtocol

/// What a request is called in its answer, in logs and traces.
enum RequestName {
    /// The caller's own name for it where that is short and plain, else a new one.
    static func of(_ request: HTTPServerRequest) -> String {
        let given = request.headers.values(of: "X-Request-Id")
        if given.count == 1, let name = given.first, (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isPlain) {
            return name
        }
        return RandomBytes.identifier()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
