/// Splits names and sentences into lower-case words: `customerID`, `customer_id` and "customer ID" are the same two.
package enum IdentifierWords {
    /// The words in order; digits stay with the letters before them.
    package static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Kind = .other
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let kind = Kind(scalar)
            let next = index + 1 < scalars.count ? Kind(scalars[index + 1]) : .other
            // A capital starts a word after a small letter, and when it ends a run of capitals: `HTMLPage`.
            let startsWord = kind == .upper && (previous == .lower || (previous == .upper && next == .lower))
            if kind == .other || startsWord, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if kind != .other { word += scalar.properties.lowercaseMapping }
            previous = kind
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private enum Kind {
        case lower, upper, digit, other

        init(_ scalar: Unicode.Scalar) {
            if scalar.isASCII {
                switch scalar {
                case "a"..."z": self = .lower
                case "0"..."9": self = .digit
                case "A"..."Z": self = .upper
                default: self = .other
                }
            } else {
                self = scalar.properties.isAlphabetic ? (scalar.properties.isUppercase ? .upper : .lower) : .other
            }
        }
    }
}
