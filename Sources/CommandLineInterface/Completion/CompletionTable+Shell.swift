extension CompletionTable.OptionValue {
    /// One branch of a `case` over "path option", in the common language of bash and zsh.
    var shellCase: String {
        let patterns = spellings.flatMap { spelling in
            let here = shellQuoted("\(path) \(spelling)")
            let below = "\(shellQuoted(path + " "))*\(shellQuoted(" " + spelling))"
            return isShared ? [here, below] : [here]
        }
        let choices = value.words.map(shellQuoted).joined(separator: " ")
        return "    \(patterns.joined(separator: " | "))) kind=\(value.kind) choices=(\(choices)) ;;"
    }
}

extension CompletionTable.Value {
    /// Kind and choices as one word, which the scripts split at spaces.
    var shellWord: String { shellQuoted(([kind] + words).joined(separator: " ")) }
}

/// A text as one word of a shell, whatever it contains.
package func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
