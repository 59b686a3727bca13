/// Fills in the variables that configurations of MCP servers may hold.
///
/// `${NAME}` and `${env:NAME}` are variables of the environment, with `:-` and a default where they may be missing;
/// `${input:ID}` is what an editor asks its user for; `${workspaceFolder}` and `${userHome}` are folders. A dollar sign
/// without a brace is an ordinary character. What is filled in is not looked at again.
package struct VariableExpansion: Sendable {
    private let environment: @Sendable (String) -> String?
    private let inputs: [String: String]
    /// The folder the configuration belongs to.
    package let workspace: String?

    /// - Parameters:
    ///   - environment: looks up a variable; an empty one counts as set.
    ///   - inputs: answers to what an editor would ask, by id.
    package init(
        environment: @escaping @Sendable (String) -> String?,
        inputs: [String: String] = [:],
        workspace: String? = nil
    ) {
        self.environment = environment
        self.inputs = inputs
        self.workspace = workspace
    }

    /// The text with its variables filled in.
    ///
    /// - Throws: a problem without server and file, which names the first variable that cannot be filled in.
    package func callAsFunction(_ text: String) throws(MCPConfigurationProblem) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            let after = rest.index(after: dollar)
            guard after < rest.endIndex, rest[after] == "{", let end = rest[after...].firstIndex(of: "}") else {
                result += "$"
                rest = rest[after...]
                continue
            }
            result += try value(of: rest[rest.index(after: after)..<end])
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private func value(of expression: Substring) throws(MCPConfigurationProblem) -> String {
        if expression.hasPrefix("input:") {
            let id = String(expression.dropFirst(6))
            if let answer = inputs[id] ?? environment(Self.variable(ofInput: id)) { return answer }
            throw MCPConfigurationProblem(
                .missingInput(id),
                "the input '\(id)' is asked for by the editor and has no value here; set \(Self.variable(ofInput: id))"
            )
        }
        var name = expression.hasPrefix("env:") ? expression.dropFirst(4) : expression
        var fallback: String?
        if let range = name.firstRange(of: ":-") {
            fallback = String(name[range.upperBound...])
            name = name[..<range.lowerBound]
        }
        if !expression.hasPrefix("env:"), let folder = try folder(name) { return folder }
        guard Self.isVariable(name) else {
            throw MCPConfigurationProblem(
                .unknownVariable(String(expression)),
                "'${\(expression)}' is not known; there are ${NAME}, ${NAME:-default}, ${env:NAME} and ${input:id}"
            )
        }
        // As shells do it, a default also stands for an empty variable.
        let value = environment(String(name))
        if let value, !value.isEmpty || fallback == nil { return value }
        if let fallback { return fallback }
        throw MCPConfigurationProblem(
            .missingVariable(String(name)),
            "the environment variable \(name) is not set; set it, or write ${\(name):-default}"
        )
    }

    private func folder(_ name: Substring) throws(MCPConfigurationProblem) -> String? {
        switch name {
        case "workspaceFolder":
            if let workspace { return workspace }
            throw MCPConfigurationProblem(
                .unknownVariable("workspaceFolder"),
                "'${workspaceFolder}' has no meaning in a file that belongs to no project"
            )
        case "workspaceFolderBasename":
            return workspace.map { $0.split(separator: "/").last.map(String.init) ?? "/" } ?? ""
        case "userHome": return environment("HOME") ?? ""
        case "pathSeparator", "/": return "/"
        default: return nil
        }
    }

    /// Where a value for an input is looked for: `INPUT_` and its id in capital letters.
    package static func variable(ofInput id: String) -> String {
        "INPUT_" + id.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
    }

    private static func isVariable(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
