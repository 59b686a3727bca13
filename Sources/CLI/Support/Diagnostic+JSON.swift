import CommandLineInterface
import JSONSchema
import SkillWeaver

extension Diagnostic {
    var json: JSONValue {
        [
            "severity": .string(severity.rawValue), "code": .string(code), "message": .string(message),
            "file": JSONValue(file), "line": line.map { JSONValue($0) } ?? .null,
        ]
    }
}

extension Console {
    /// Says what is wrong with records, the first ones in full.
    func show(_ diagnostics: [Diagnostic], of count: Int, atMost limit: Int = 20) {
        for diagnostic in diagnostics.prefix(limit) { note(diagnostic.description) }
        if count > limit { note("… and \(count - limit) more; --json lists them") }
    }
}
