/// The tokens of Qwen's vocabulary that structure a conversation; they follow the tokens that are in the file.
///
/// A text that spells one out counts it as one token, as Qwen's own tokenizer does by default.
enum QwenSpecialTokens {
    /// A special token in a text: where it is, and which one.
    struct Occurrence {
        let range: Range<Int>
        /// 0 for `<|endoftext|>`; added to the number of tokens in the file it is the id.
        let offset: Int
    }

    /// `<|extra_0|>` … `<|extra_204|>` are reserved.
    private static let extraCount = 205
    private static let named: [[UInt8]] = ["endoftext|>", "im_start|>", "im_end|>"].map { Array($0.utf8) }
    private static let extraPrefix = Array("extra_".utf8)

    /// The first special token that starts at or after an index.
    static func first(in text: Span<UInt8>, from start: Int) -> Occurrence? {
        var index = start
        while index + 1 < text.count {
            if text[index] == UInt8(ascii: "<"), text[index + 1] == UInt8(ascii: "|"),
                let (offset, end) = token(in: text, after: index + 2)
            {
                return Occurrence(range: index..<end, offset: offset)
            }
            index += 1
        }
        return nil
    }

    private static func token(in text: Span<UInt8>, after index: Int) -> (offset: Int, end: Int)? {
        for (offset, name) in named.enumerated() where matches(name, text, index) {
            return (offset, index + name.count)
        }
        guard matches(extraPrefix, text, index) else { return nil }
        var end = index + extraPrefix.count
        let firstDigit = end
        var number = 0
        while end < text.count, end - firstDigit < 3, (0x30...0x39).contains(text[end]) {
            number = number * 10 + Int(text[end] - 0x30)
            end += 1
        }
        let hasLeadingZero = end - firstDigit > 1 && text[firstDigit] == 0x30
        guard end > firstDigit, !hasLeadingZero, number < extraCount, end + 1 < text.count,
            text[end] == UInt8(ascii: "|"), text[end + 1] == UInt8(ascii: ">")
        else { return nil }
        return (named.count + number, end + 2)
    }

    private static func matches(_ name: [UInt8], _ text: Span<UInt8>, _ start: Int) -> Bool {
        guard start + name.count <= text.count else { return false }
        for offset in name.indices where text[start + offset] != name[offset] { return false }
        return true
    }
}
