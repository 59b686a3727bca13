package import HTTPTransport
import JSONSchema

/// A call for vectors that brought none, and what follows from that.
package struct EmbeddingFailure: CallFailure, Sendable, Hashable {
    /// What happened, safe to show and free of secrets.
    var detail: String
    package var isTransient: Bool
    package var countsAgainstServer: Bool
    package var retryAfter: Duration?
    /// What the server said against the call, in lower case; nil where it did not answer or is busy.
    var refusal: String?
    /// The server says that its input is too long.
    var saysTooLong = false

    /// Whether the server has something against a member of the request.
    func refuses(_ member: String) -> Bool { refusal?.contains(member) ?? false }
}

extension EmbeddingEndpoint: CalledService {
    package func failure(_ error: HTTPError) -> EmbeddingFailure {
        let isTransient = error.remedy == .retry
        return EmbeddingFailure(detail: "\(error)", isTransient: isTransient, countsAgainstServer: isTransient)
    }

    package func failure(_ response: HTTPResponse, now: Int) -> EmbeddingFailure {
        let status = response.status
        let said = ServerMessage.line(response.body, hiding: key)
        let lowered = said.lowercased()
        let saysTooLong =
            status.code == 413
            || [400, 422, 500].contains(status.code) && ServerMessage.tooLong.contains { lowered.contains($0) }
        let isBusy = [408, 425, 429].contains(status.code) || (500...599).contains(status.code) && status.code != 501
        // What is paid for is used up: waiting will not help.
        let isTransient = isBusy && !saysTooLong && !lowered.contains("insufficient_quota")
        var detail = "\(status)" + (said.isEmpty ? "" : ", \(said)")
        if status.code == 401 || status.code == 403 { detail += "; check \(Self.keyVariable)" }
        if status.code == 404 { detail += "; check the model's name and the address" }
        return EmbeddingFailure(
            detail: detail,
            isTransient: isTransient,
            countsAgainstServer: isTransient && status.code != 429,
            retryAfter: RetryAfter.duration(in: response.headers, now: now),
            refusal: isTransient ? nil : lowered,
            saysTooLong: saysTooLong
        )
    }

    package func suspension(retryAfter: Duration?) -> EmbeddingFailure {
        EmbeddingFailure(
            detail: "it failed again and again and is left alone for a while"
                + (retryAfter.map { "; the next try is in \($0)" } ?? ""),
            isTransient: true,
            countsAgainstServer: false,
            retryAfter: retryAfter
        )
    }
}

/// What a server says about an error, in one line.
enum ServerMessage {
    /// Longest line, in characters.
    private static let longest = 300

    static let tooLong = [
        "context length", "context size", "context window", "too long", "too many tokens", "too large",
        "maximum context", "input length", "exceeds the", "must have less than",
    ]

    /// - Parameter secret: hidden where the server repeats it.
    static func line(_ body: [UInt8], hiding secret: Secret?) -> String {
        let text =
            (try? JSONParser.parse(utf8: body)).map(message) ?? String(decoding: body.prefix(4_096), as: UTF8.self)
        return line(text, hiding: secret)
    }

    /// What is said in `{"error": {"message": …}}`, `{"error": …}`, `{"message": …}` or `{"detail": …}`.
    static func message(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return text
        case .array(let values): return values.first.map(message) ?? ""
        case .object(let members):
            let own = ["code", "param"].compactMap { members[$0]?.stringValue }
            for name in ["error", "message", "detail", "msg"] {
                guard let part = members[name], part != .null else { continue }
                return ([message(part)] + own).joined(separator: ", ")
            }
            return ""
        default: return ""
        }
    }

    static func line(_ text: String, hiding secret: Secret?) -> String {
        let shown = secret?.hidden(in: text) ?? text
        let readable = shown.prefix(4 * longest).unicodeScalars.map { scalar -> Character in
            let category = scalar.properties.generalCategory
            return category == .control || category == .format ? " " : Character(scalar)
        }
        let line = String(readable).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > longest ? line.prefix(longest) + "…" : line
    }
}
