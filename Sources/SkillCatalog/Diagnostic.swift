/// One thing that is wrong, or suspicious, in a source: what, where, and what to do about it.
public struct Diagnostic: Sendable, Hashable {
    /// Whether what was found stops anything.
    public enum Severity: String, Sendable, Hashable, Comparable {
        /// The record was used; its author should look.
        case warning
        /// The record was skipped.
        case error

        public static func < (left: Severity, right: Severity) -> Bool { left == .warning && right == .error }
    }

    /// Whether it stops anything.
    public var severity: Severity
    /// A stable word for programs, for example `invalid-json` or `missing-description`.
    public var code: String
    /// One sentence for people, with the offending word.
    public var message: String
    /// Path of the file it is about, where there is one.
    public var file: String?
    /// Line in the file, from 1.
    public var line: Int?

    public init(_ severity: Severity, code: String, _ message: String, file: String? = nil, line: Int? = nil) {
        self.severity = severity
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line: severity: message [code]`, the form editors can jump to.
    public var description: String {
        let place = file.map { line == nil ? "\($0): " : "\($0):\(line ?? 0): " } ?? ""
        return "\(place)\(severity): \(message) [\(code)]"
    }
}
