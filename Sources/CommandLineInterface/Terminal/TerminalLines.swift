import Glibc

/// Lines that a person types at a terminal.
package struct TerminalLines: Sendable {
    private let reader: DescriptorReader
    /// Far more than anybody types on one line.
    private static let longestLine = 64 << 10

    /// Nil where stdin is no terminal.
    package static var standard: TerminalLines? {
        guard isatty(STDIN_FILENO) == 1, let reader = try? DescriptorReader.standardInput() else { return nil }
        return TerminalLines(reader: reader)
    }

    /// The next line, as the terminal hands it over; nil at the end of the input.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    package func next() async throws -> String? {
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n"), line.count < Self.longestLine {
            // A terminal hands over line by line.
            let bytes = try await reader.read(upTo: 4_096)
            guard !bytes.isEmpty else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            line += bytes
        }
        return String(decoding: line, as: UTF8.self)
    }
}
