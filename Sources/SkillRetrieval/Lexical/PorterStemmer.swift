/// Reduces English words to their stems, so that `connecting` and `connections` become one term.
///
/// The algorithm of M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the two changes of its
/// author's own later program (`-bli` → `-ble`, `-logi` → `-log`) and words of up to two letters left alone.
package struct PorterStemmer: Sendable {
    private var word: [UInt8]

    /// The stem of a word in lower case; a word with anything but the letters a–z is returned as it is.
    package static func stem(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.count > 2, bytes.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return word
        }
        var stemmer = PorterStemmer(word: bytes)
        stemmer.removePlural()
        stemmer.removePastAndProgressive()
        stemmer.replaceFinalY()
        stemmer.replaceFirst(of: Self.doubleSuffixes, minimumMeasure: 1)
        stemmer.replaceFirst(of: Self.derivationalSuffixes, minimumMeasure: 1)
        stemmer.removeResidualSuffix()
        stemmer.tidy()
        return String(decoding: stemmer.word, as: UTF8.self)
    }

    // MARK: - Steps, in the order and with the numbers of the paper

    /// Step 1a: `caresses` → `caress`, `ponies` → `poni`, `cats` → `cat`.
    private mutating func removePlural() {
        if ends("sses") || ends("ies") {
            word.removeLast(2)
        } else if ends("s"), !ends("ss") {
            word.removeLast()
        }
    }

    /// Step 1b: `agreed` → `agree`, `plastered` → `plaster`, `hopping` → `hop`, `filing` → `file`.
    private mutating func removePastAndProgressive() {
        if ends("eed") {
            if measure(word.count - 3) > 0 { word.removeLast() }
            return
        }
        let removed = ends("ed") ? 2 : ends("ing") ? 3 : 0
        guard removed > 0, hasVowel(word.count - removed) else { return }
        word.removeLast(removed)
        if ends("at") || ends("bl") || ends("iz") {
            word.append(UInt8(ascii: "e"))
        } else if endsInDoubleConsonant, !ends("l"), !ends("s"), !ends("z") {
            word.removeLast()
        } else if measure(word.count) == 1, endsInShortSyllable(word.count) {
            word.append(UInt8(ascii: "e"))
        }
    }

    /// Step 1c: `happy` → `happi`, but `sky` stays.
    private mutating func replaceFinalY() {
        if ends("y"), hasVowel(word.count - 1) { word[word.count - 1] = UInt8(ascii: "i") }
    }

    /// Steps 2 and 3: of the suffixes the first that fits decides, even where the stem is too short to change.
    private mutating func replaceFirst(of rules: [(suffix: String, replacement: String)], minimumMeasure: Int) {
        guard let rule = rules.first(where: { ends($0.suffix) }) else { return }
        let stem = word.count - rule.suffix.utf8.count
        guard measure(stem) >= minimumMeasure else { return }
        word.removeLast(rule.suffix.utf8.count)
        word.append(contentsOf: rule.replacement.utf8)
    }

    /// Step 4: `revival` → `reviv`, `adoption` → `adopt`.
    private mutating func removeResidualSuffix() {
        guard let suffix = Self.residualSuffixes.first(where: { ends($0) }) else { return }
        let stem = word.count - suffix.utf8.count
        if suffix == "ion" {
            guard stem > 0, word[stem - 1] == UInt8(ascii: "s") || word[stem - 1] == UInt8(ascii: "t") else { return }
        }
        if measure(stem) > 1 { word.removeLast(suffix.utf8.count) }
    }

    /// Step 5: `probate` → `probat`, `rate` stays, `controll` → `control`.
    private mutating func tidy() {
        if ends("e") {
            let stem = word.count - 1
            let size = measure(stem)
            if size > 1 || (size == 1 && !endsInShortSyllable(stem)) { word.removeLast() }
        }
        if ends("ll"), measure(word.count) > 1 { word.removeLast() }
    }

    // MARK: - Conditions on the first letters of the word

    private func ends(_ suffix: String) -> Bool {
        word.count > suffix.utf8.count && word.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// A letter that is no vowel; `y` is one at the start of a word and after a vowel.
    private func isConsonant(_ position: Int) -> Bool {
        switch word[position] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "y"): position == 0 || !isConsonant(position - 1)
        default: true
        }
    }

    /// How often a vowel is followed by a consonant in the first letters: the m of the paper.
    private func measure(_ length: Int) -> Int {
        (1..<max(length, 1)).count { isConsonant($0) && !isConsonant($0 - 1) }
    }

    private func hasVowel(_ length: Int) -> Bool { (0..<length).contains { !isConsonant($0) } }

    private var endsInDoubleConsonant: Bool {
        word.count > 1 && word[word.count - 1] == word[word.count - 2] && isConsonant(word.count - 1)
    }

    /// Consonant, vowel, consonant, the last not w, x or y: the *o of the paper.
    private func endsInShortSyllable(_ length: Int) -> Bool {
        guard length > 2, isConsonant(length - 1), !isConsonant(length - 2), isConsonant(length - 3) else {
            return false
        }
        return !"wxy".utf8.contains(word[length - 1])
    }

    // MARK: - Suffixes, longer ones before those they end in

    private static let doubleSuffixes: [(suffix: String, replacement: String)] = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ]

    private static let derivationalSuffixes: [(suffix: String, replacement: String)] = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]

    private static let residualSuffixes = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti", "ous", "ive", "ize",
    ]
}
