import JSONSchema

/// What a `ScriptedServer` does with one request, step by step.
public struct ScriptedResponse: Sendable, ExpressibleByArrayLiteral {
    public enum Step: Sendable {
        /// Sends these characters, as they are: status line and headers are the script's to write.
        case text(String)
        case bytes([UInt8])
        /// Sends a text so many times, or until the client leaves.
        case repeated(String, times: Int)
        /// Sends one byte at a time with a pause after each, in seconds.
        case trickle(String, pause: Double)
        /// Sends so many megabytes of zeros, compressed and in chunks.
        case gzipBomb(megabytes: Int)
        /// Says nothing more until the client leaves.
        case hang
        /// Waits until so many requests are being answered at the same time.
        case crowd(Int)
        /// Answers a call of `/embeddings`: a vector for each text of the request, made from its words.
        case embeddings(ScriptedEmbeddings = ScriptedEmbeddings())
        /// Closes the connection.
        case close
        /// Closes the connection in the rudest way.
        case reset

        var json: JSONValue {
            switch self {
            case .text(let text): ["text": .string(text)]
            case .bytes(let bytes): ["bytes": .string(base64(bytes))]
            case .repeated(let text, let times): ["repeat": .string(text), "times": JSONValue(times)]
            case .trickle(let text, let pause): ["trickle": .string(text), "pause": .number(pause)]
            case .gzipBomb(let megabytes): ["gzip_bomb": JSONValue(megabytes)]
            case .hang: ["hang": true]
            case .crowd(let count): ["crowd": JSONValue(count)]
            case .embeddings(let model): ["embeddings": model.json]
            case .close: ["close": true]
            case .reset: ["reset": true]
            }
        }
    }

    public var steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }
    public init(arrayLiteral steps: Step...) { self.steps = steps }

    /// A whole answer.
    public static func whole(
        _ body: String,
        status: String = "200 OK",
        type: String = "application/json",
        headers: [(String, String)] = []
    ) -> ScriptedResponse {
        let fields = [("Content-Type", type), ("Content-Length", "\(body.utf8.count)")] + headers
        return [.text(head(status, fields)), .text(body)]
    }

    /// The head of an answer whose body goes on until the connection closes.
    public static func head(
        _ status: String = "200 OK",
        _ headers: [(String, String)] = []
    ) -> String {
        "HTTP/1.1 \(status)\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    }

    /// An answer in chunks, each a text.
    public static func chunked(
        type: String = "text/event-stream",
        _ chunks: [String]
    ) -> ScriptedResponse {
        chunked(type: type, bytes: chunks.map { Array($0.utf8) })
    }

    /// An answer in chunks of bytes.
    public static func chunked(type: String = "text/event-stream", bytes chunks: [[UInt8]]) -> ScriptedResponse {
        var steps: [Step] = [.text(chunkedHead(type: type))]
        for chunk in chunks where !chunk.isEmpty { steps.append(.bytes(Self.chunk(chunk))) }
        steps.append(.text("0\r\n\r\n"))
        return ScriptedResponse(steps)
    }

    /// The head of an answer in chunks.
    public static func chunkedHead(type: String = "text/event-stream") -> String {
        head("200 OK", [("Content-Type", type), ("Transfer-Encoding", "chunked")])
    }

    /// One chunk as it is sent.
    public static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A]
    }

    var json: JSONValue { .array(steps.map(\.json)) }
}

private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
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
