/// A request that could not be decomposed.
public enum DecompositionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request holds nothing but white space.
    case emptyRequest
    /// The request is longer than the limit, both in bytes of UTF-8.
    case requestTooLong(bytes: Int, limit: Int)
    /// Only a language model was to decompose it, and it brought nothing usable; the reason is safe to show.
    case modelFailed(model: String, reason: String)

    public var description: String {
        switch self {
        case .emptyRequest:
            "the request is empty: say what is to be done"
        case .requestTooLong(let bytes, let limit):
            "the request has \(bytes) bytes, the limit is \(limit): shorten it, or name a file instead of quoting it"
        case .modelFailed(_, let reason):
            "the language model made no plan: \(reason)"
        }
    }
}

extension DecompositionError {
    /// Throws unless the request has content and is within the limit.
    static func check(_ request: String) throws(DecompositionError) {
        let bytes = request.utf8.count
        let limit = DecompositionLimits.maximumRequestBytes
        guard bytes <= limit else { throw .requestTooLong(bytes: bytes, limit: limit) }
        guard request.unicodeScalars.contains(where: { !$0.isBlank }) else { throw .emptyRequest }
    }
}
