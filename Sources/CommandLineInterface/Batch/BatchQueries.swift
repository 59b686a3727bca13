/// The queries of a JSONL file in order, read as they are asked for, in bounded memory.
///
/// A line that is wrong throws `BatchError` with its number; an iterator that is asked again goes on with the next line.
/// Empty lines are skipped.
package struct BatchQueries: AsyncSequence, Sendable {
    /// Longest line that is read, in bytes.
    package static let maximumLineLength = 4 << 20

    private let name: String
    private let reader: DescriptorReader

    /// Opens a batch; `-` is the standard input.
    package init(path: String) throws(BatchError) {
        name = path == "-" ? "stdin" : path
        do throws(SystemCallError) {
            reader = try path == "-" ? DescriptorReader.standardInput() : DescriptorReader(path: path)
        } catch {
            throw BatchError(file: name, line: nil, reason: error.reason)
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(name: name, reader: reader)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let name: String
        private let reader: DescriptorReader
        private var lines = LineSplitter(maximumLength: BatchQueries.maximumLineLength)

        init(name: String, reader: DescriptorReader) {
            self.name = name
            self.reader = reader
        }

        package mutating func next() async throws -> BatchQuery? {
            while let line = try await nextLine() {
                switch line.content {
                case .bytes(let bytes) where bytes.allSatisfy(isWhiteSpace): continue
                case .bytes(let bytes):
                    do throws(BatchLineFault) {
                        return try BatchQuery(line: bytes)
                    } catch {
                        throw BatchError(file: name, line: line.number, reason: error.reason)
                    }
                case .tooLong:
                    let reason = "the line is longer than \(BatchQueries.maximumLineLength) bytes"
                    throw BatchError(file: name, line: line.number, reason: reason)
                }
            }
            return nil
        }

        private mutating func nextLine() async throws -> LineSplitter.Line? {
            while true {
                if let line = lines.next() { return line }
                if lines.isFinished { return nil }
                do {
                    lines.append(try await reader.read(upTo: 1 << 16))
                } catch let error as SystemCallError {
                    throw BatchError(file: name, line: nil, reason: error.reason)
                }
            }
        }
    }
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }
