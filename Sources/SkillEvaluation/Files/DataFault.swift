/// A file of the benchmark that cannot be used: which, where in it, why, and what to do.
package struct DataFault: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        /// There is no such file.
        case missing
        /// The file exists but cannot be read or written.
        case inaccessible
        /// The content is not what it should be.
        case malformed
        /// The file belongs to another run or is in use.
        case conflict
    }

    package var kind: Kind
    package var file: String
    /// Line in the file, from 1; nil where the fault is the whole file's.
    package var line: Int?
    /// What is wrong, as the end of a sentence that begins with the place.
    package var message: String

    package init(_ kind: Kind, file: String, line: Int? = nil, _ message: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.message = message
    }

    /// `file:line: message`, the form editors can jump to.
    package var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}
