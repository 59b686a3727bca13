/// Where and why a text is not YAML that is accepted.
package struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    package let reason: String
    /// Line of the fault in the text that was read, from 1.
    package let line: Int
    /// Column of the fault in characters, from 1.
    package let column: Int

    package var description: String { "invalid YAML at line \(line), column \(column): \(reason)" }
}
