/// What counts as a character of a skill's name.
///
/// The reference validator first composes letters and their accents (NFKC) and then asks for letters and digits. Here an
/// accent after a letter counts as part of it. The answers differ in two corners: an accent that composes with no letter
/// (`x́`) is accepted here, and characters that only that normalisation replaces (`ﬁ`) are compared as they are written.
enum SkillNameCharacters {
    /// Number of characters, an accent being part of its letter.
    static func count(_ name: String) -> Int {
        name.unicodeScalars.reduce(0) { $0 + (isAccent($1) ? 0 : 1) }
    }

    /// The first character that is no letter, digit or hyphen.
    static func firstInvalid(_ name: String) -> Unicode.Scalar? {
        var previousIsLetter = false
        for scalar in name.unicodeScalars {
            let isLetter = isLetterOrDigit(scalar)
            guard isLetter || scalar == "-" || previousIsLetter && isAccent(scalar) else { return scalar }
            previousIsLetter = isLetter || previousIsLetter && isAccent(scalar)
        }
        return nil
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: scalar.properties.numericType != nil
        }
    }

    /// Combining diacritical marks, which compose with letters of Latin, Greek and Cyrillic.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool { (0x0300...0x036F).contains(scalar.value) }
}
