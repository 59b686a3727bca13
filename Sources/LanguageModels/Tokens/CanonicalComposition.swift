// The standard library composes strings but offers it to other modules only under this attribute (swiftlang/swift#42124);
// Foundation's composition would bring in ICU. Replace it when swiftlang/swift-evolution#2512 is adopted.
@_spi(_Unicode) import Swift

/// Unicode's normalisation form C, which Qwen's tokenizer puts every text into first.
enum CanonicalComposition {
    /// The text with its letters and accents composed; itself when they are already.
    static func composed(_ text: String) -> String {
        // Nothing below U+0300 composes or decomposes, and its UTF-8 starts below 0xCC.
        guard text.utf8.contains(where: { $0 >= 0xCC }) else { return text }
        var utf8 = text.utf8Span
        if utf8.checkForNFC(quickCheck: false) { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: splittingVowels(text)._nfc)
        return String(scalars)
    }

    /// Writes the three Tibetan vowels that consist of two marks as those marks.
    ///
    /// The standard library does not move other marks past them, as canonical ordering asks, because their own
    /// combining class is 0.
    private static func splittingVowels(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { parts(of: $0) != nil }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let (first, second) = parts(of: scalar) {
                scalars.append(first)
                scalars.append(second)
            } else {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func parts(of scalar: Unicode.Scalar) -> (Unicode.Scalar, Unicode.Scalar)? {
        switch scalar {
        case "\u{0F73}": ("\u{0F71}", "\u{0F72}")
        case "\u{0F75}": ("\u{0F71}", "\u{0F74}")
        case "\u{0F81}": ("\u{0F71}", "\u{0F80}")
        default: nil
        }
    }
}
