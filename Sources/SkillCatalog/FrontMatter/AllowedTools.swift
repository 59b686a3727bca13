/// The names in an `allowed-tools` field.
enum AllowedTools {
    /// Splits `Bash(git add:*) Read, Write` into its three tools: at white space and commas outside of parentheses.
    static func split(_ text: String) -> [String] {
        var names: [String] = []
        var name = String.UnicodeScalarView()
        var depth = 0
        for scalar in text.unicodeScalars {
            if depth == 0, scalar == "," || scalar.properties.isWhitespace {
                if !name.isEmpty { names.append(String(name)) }
                name = String.UnicodeScalarView()
                continue
            }
            if scalar == "(" { depth += 1 }
            if scalar == ")", depth > 0 { depth -= 1 }
            name.append(scalar)
        }
        if !name.isEmpty { names.append(String(name)) }
        return names
    }
}
