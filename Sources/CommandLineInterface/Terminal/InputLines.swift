import Glibc

/// The lines a person or a program writes to the standard input, one at a time.
///
/// Waiting for a line keeps no thread of the pool, and ends when the waiting task is cancelled.
package actor InputLines {
    /// Longest line that is read, in bytes; of a longer one nothing is taken.
    package static let maximumLineLength = 1 << 20

    private var reader: DescriptorReader?
    private var lines = LineSplitter(maximumLength: maximumLineLength)

    package init() {}

    /// Somebody sits at the other end and can be asked.
    package nonisolated var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// The next line without its end; nil when there are no more.
    ///
    /// - Throws: `BatchError` where the input cannot be read, `CancellationError` when the task is cancelled.
    package func next() async throws -> String? {
        while true {
            if let line = lines.next() {
                guard case .bytes(let bytes) = line.content else {
                    throw fault("the line is longer than \(Self.maximumLineLength) bytes", line: line.number)
                }
                return String(decoding: bytes, as: UTF8.self)
            }
            if lines.isFinished { return nil }
            do {
                let reader = try reader ?? DescriptorReader.standardInput()
                self.reader = reader
                lines.append(try await reader.read(upTo: 1 << 16))
            } catch let error as SystemCallError {
                throw fault(error.reason, line: nil)
            }
        }
    }

    private func fault(_ reason: String, line: Int?) -> BatchError {
        BatchError(file: "stdin", line: line, reason: reason)
    }
}
