/// Text and requests of the `man` macros, as `groff_man(7)` describes them.
enum Roff {
    /// A text as roff prints it unchanged: backslashes, hyphens, quotes that would become typographic ones, and a dot or
    /// an apostrophe at the start of a line, which would be a request.
    static func escaped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escapedLine(String($0)) }
            .joined(separator: "\n")
    }

    private static func escapedLine(_ line: String) -> String {
        let text = line.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            case "'": text += "\\(aq"
            case "`": text += "\\(ga"
            case "^": text += "\\(ha"
            case "~": text += "\\(ti"
            // A text for a page holds no controls; what slips in must not end the line.
            case _ where character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }: text += " "
            default: text.append(character)
            }
        }
        return text.hasPrefix(".") ? "\\&" + text : text
    }

    /// A text as one argument of a request.
    static func argument(_ text: String) -> String {
        "\"" + escaped(text).map { $0 == "\"" ? "\\(dq" : String($0) }.joined() + "\""
    }

    /// Lines that keep their breaks and their indentation, as code does.
    static func verbatim(_ lines: [String]) -> [String] {
        [".EX"] + lines.map(escaped) + [".EE"]
    }

    /// A paragraph with a bold tag, and its text indented below or beside it.
    static func tagged(_ tag: String, _ text: String) -> [String] {
        [".TP", ".B " + argument(tag), escaped(text)]
    }
}
