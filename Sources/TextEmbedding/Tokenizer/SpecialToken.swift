/// A piece with a meaning of its own, recognised when it is written out in a text.
///
/// Like the reference, the tokenizer looks for special tokens in the text as it came, before normalisation: `[SEP]` in
/// a request is the separator, `[sep]` is three words. Their names begin with punctuation, so the scanner meets them
/// where a word ends anyway.
struct SpecialToken: Sendable, Hashable {
    /// The special tokens of BERT.
    enum Role: String, CaseIterable, Sendable {
        case padding = "[PAD]"
        case unknown = "[UNK]"
        case classification = "[CLS]"
        case separator = "[SEP]"
        case mask = "[MASK]"
    }

    /// The token as it is written, in UTF-8.
    let name: [UInt8]
    let id: Int32

    init(_ role: Role, id: Int32) {
        name = Array(role.rawValue.utf8)
        self.id = id
    }

    func occurs(at position: Int, in text: Span<UInt8>) -> Bool {
        guard text[position] == name[0], name.count <= text.count - position else { return false }
        for offset in 1..<name.count where text[position + offset] != name[offset] { return false }
        return true
    }
}
