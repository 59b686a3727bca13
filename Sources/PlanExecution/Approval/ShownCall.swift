package import JSONSchema
import Storage

extension RunQuestion {
    /// Most bytes shown of one argument.
    package static let shownArgumentBytes = 4_000
    /// Most lines shown.
    package static let shownArguments = 64

    /// The exact arguments as a person reads them before they agree: `name = value`, a line each.
    ///
    /// Values are JSON in which nothing commands a terminal or hides what stands beside it: controls, changes of writing
    /// direction and letters without a width are written as escapes. What is too long is cut, and says how much there is and
    /// the SHA-256 of all of it.
    package var argumentLines: [String] {
        let lines = arguments.prefix(Self.shownArguments).map { name, value in
            "\(Self.visible(name, to: 200)) = \(Self.visible(value.serialized(), to: Self.shownArgumentBytes))"
        }
        let more = arguments.count - lines.count
        guard more > 0 else { return lines }
        let hash = ContentHash(of: JSONValue.object(arguments).serialized()).hexadecimal
        return lines + ["… and \(more) more arguments (SHA-256 of all: \(hash))"]
    }

    private static func visible(_ text: String, to bytes: Int) -> String {
        let isCut = text.utf8.count > bytes
        var shown = ""
        for scalar in text.unicodeScalars {
            guard shown.utf8.count + 10 <= bytes || !isCut else { break }
            if isPlain(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        guard isCut else { return shown }
        return "\(shown)… (cut: \(text.utf8.count) bytes in all, SHA-256 \(ContentHash(of: text).hexadecimal))"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

extension RunQuestion {
    /// May this call be made?
    ///
    /// - Parameter flag: why the plan says that it needs consent; nil where the tool itself is the reason.
    package static func approval(of tool: String, _ arguments: JSONObject, flag: String?) -> RunQuestion {
        RunQuestion(
            kind: .approval,
            text: "May \(tool) be called with these arguments? "
                + (flag.map { "Private data would reach others: \($0)" } ?? "It may change or destroy what exists."),
            tool: tool,
            arguments: arguments
        )
    }
}
