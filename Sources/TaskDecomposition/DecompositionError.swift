/// A request that cannot be decomposed at all; nothing was read of it.
public enum DecompositionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request holds nothing but white space.
    case emptyRequest
    /// The request is longer than the limit, both in bytes of UTF-8.
    case requestTooLong(bytes: Int, limit: Int)

    public var description: String {
        switch self {
        case .emptyRequest:
            "the request is empty: say what is to be done"
        case .requestTooLong(let bytes, let limit):
            "the request has \(bytes) bytes, the limit is \(limit): shorten it, or name a file instead of quoting it"
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
