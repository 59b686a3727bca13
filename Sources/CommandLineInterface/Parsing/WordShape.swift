/// What a word of the command line can be, by its looks alone.
enum WordShape: Hashable {
    /// A command, an argument or a value.
    case plain
    /// `--name` or `--name=value`.
    case longOption(name: String, value: String?)
    /// One or more letters after one hyphen, the last with its value where it takes one.
    case shortOptions(Substring)

    /// Sorts a word: an option is one or two hyphens, a letter, and no space before its end or its `=`.
    init(of word: String) {
        let hyphens = word.utf8.prefix(2).prefix { $0 == UInt8(ascii: "-") }.count
        let rest = word.dropFirst(hyphens)
        guard hyphens > 0, let first = rest.utf8.first, isLetter(first) else {
            self = .plain
            return
        }
        let name = rest.prefix { $0 != "=" }
        guard name.utf8.allSatisfy({ $0 > 0x20 }) else {
            self = .plain
            return
        }
        if hyphens == 1 {
            self = .shortOptions(rest)
        } else {
            let value = name.endIndex == rest.endIndex ? nil : String(rest[name.endIndex...].dropFirst())
            self = .longOption(name: String(name), value: value)
        }
    }
}

private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
