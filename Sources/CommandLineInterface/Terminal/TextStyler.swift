/// How a piece of text looks on a terminal.
package enum TextStyle: Int, Sendable {
    case bold = 1
    case dim = 2
    case underline = 4
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
    case magenta = 35
    case cyan = 36
}

/// Puts styles on text where the stream shows them, and leaves it as it is elsewhere: `style("git", .bold, .green)`.
///
/// Text that others wrote goes through `printable` first.
package struct TextStyler: Sendable {
    package let isEnabled: Bool

    package init(isEnabled: Bool) { self.isEnabled = isEnabled }

    package func callAsFunction(_ text: String, _ styles: TextStyle...) -> String {
        guard isEnabled, !styles.isEmpty, !text.isEmpty else { return text }
        let codes = styles.map { "\($0.rawValue)" }.joined(separator: ";")
        return "\u{1B}[\(codes)m\(text)\u{1B}[0m"
    }
}
