import Synchronization

/// Output kept in memory, for tests and for callers that want the text.
package final class MemorySink: OutputSink {
    package let terminalColumns: Int?
    private let bytes = Mutex<[UInt8]>([])

    /// A sink that says it is a terminal of that width, or none.
    package init(terminalColumns: Int? = nil) { self.terminalColumns = terminalColumns }

    package func write(_ bytes: [UInt8]) { self.bytes.withLock { $0 += bytes } }

    package var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}
