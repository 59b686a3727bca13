/// Puts the head of an answer together from the lines libcurl hands over.
struct HeadParser {
    enum Progress: Equatable {
        case more
        /// The head is complete.
        case complete(HTTPResponseHead)
        case tooLarge
    }

    private let limit: Int
    private var byteCount = 0
    private var status: HTTPStatus?
    private var headers = HTTPHeaders()
    private(set) var isComplete = false

    init(limit: Int) { self.limit = limit }

    /// Takes one line in, its line break included. What comes after the head, such as trailers, only counts.
    mutating func receive(_ line: UnsafeRawBufferPointer) -> Progress {
        byteCount += line.count
        guard byteCount <= limit else { return .tooLarge }
        guard !isComplete else { return .more }
        var text = String(decoding: line, as: UTF8.self)
        while let last = text.unicodeScalars.last, last == "\r" || last == "\n" { text.unicodeScalars.removeLast() }

        if text.isEmpty {
            guard let status, !status.isInformational else {
                // An interim answer; the one that counts is still to come.
                self.status = nil
                headers = HTTPHeaders()
                return .more
            }
            isComplete = true
            return .complete(HTTPResponseHead(status: status, headers: headers))
        }
        if status == nil {
            let words = text.split(separator: " ", maxSplits: 2)
            if words.count > 1, let code = Int(words[1]) { status = HTTPStatus(code) }
        } else if text.utf8.first == UInt8(ascii: " ") || text.utf8.first == UInt8(ascii: "\t") {
            headers.continueLast(with: Self.trimmed(text[...]))
        } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            headers.add(String(text[..<colon]), Self.trimmed(text[text.utf8.index(after: colon)...]))
        }
        return .more
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return String(text)
    }
}
