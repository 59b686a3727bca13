/// What of a model's reply is its answer.
enum ReplyText {
    /// Longest reply that is read, in bytes of UTF-8; what is beyond is left out.
    static let maximumBytes = 64 << 10

    /// The reply without the thoughts that some models write before it.
    ///
    /// Thoughts that never end leave no answer.
    static func answer(in reply: String) -> Substring {
        var text = reply[...]
        if reply.utf8.count > maximumBytes {
            text = String(decoding: reply.utf8.prefix(maximumBytes), as: UTF8.self)[...]
        }
        if let end = text.ranges(of: "</think>").last { return text[end.upperBound...] }
        let start = text.drop { $0.isWhitespace }
        return start.hasPrefix("<think>") ? "" : text
    }

    /// The lines of a text, whatever breaks them, without those that open or close a block of code.
    static func lines(_ text: some StringProtocol) -> [Substring] {
        Substring(text).split(omittingEmptySubsequences: true, whereSeparator: \.isNewline).filter { line in
            !line.drop { $0 == " " || $0 == "\t" }.hasPrefix("```")
        }
    }
}
