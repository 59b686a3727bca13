/// A line of a batch file that is not the record it should be; the reader of the file adds name and line.
package struct BatchRecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, with the offending word.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
