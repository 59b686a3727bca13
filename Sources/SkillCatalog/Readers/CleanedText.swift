/// Texts of strangers without the characters that confuse terminals and readers.
///
/// Control characters and the marks that reverse the direction of writing have no use in names and descriptions, and
/// can make one look like another.
package enum CleanedText {
    /// Longest id, name, category or tag that is taken, in bytes of UTF-8.
    package static let maximumLabelBytes = 512

    /// One line: every run of white space and control characters becomes a single space, none at the ends.
    package static func label(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        var result = String.UnicodeScalarView()
        var needsSpace = false
        for scalar in text.unicodeScalars where !isDirectionMark(scalar) {
            if scalar.properties.isWhitespace || isControl(scalar) {
                needsSpace = !result.isEmpty
            } else {
                if needsSpace { result.append(" ") }
                needsSpace = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Lines and tabs stay, white space at the ends and every other control character go.
    package static func prose(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        let kept = text.unicodeScalars.filter { scalar in
            scalar == "\n" || scalar == "\t" || !(isControl(scalar) || isDirectionMark(scalar))
        }
        return String(String.UnicodeScalarView(kept)).trimmed
    }

    /// Whether the text is printable ASCII with single spaces, as nearly all are: nothing to do.
    private static func isPlain(_ text: String) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return previous != 0x20 || text.isEmpty
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func isDirectionMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}
