import ModelContextProtocol

/// A place in a list as clients get it: a text that means nothing to them.
enum ListCursor {
    static func text(_ position: Int) -> String { Base64Text.encodeForAddress(Array("at:\(position)".utf8)) }

    /// The place; nil for a text that is no cursor.
    static func position(_ text: String) -> Int? {
        guard text.utf8.count <= 64, let bytes = Base64Text.decode(text.utf8) else { return nil }
        let plain = String(decoding: bytes, as: UTF8.self)
        guard plain.hasPrefix("at:"), let position = Int(plain.dropFirst(3)), position >= 0 else { return nil }
        return position
    }
}
