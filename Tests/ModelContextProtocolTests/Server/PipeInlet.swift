import Dispatch
import Glibc
import Subprocesses
import Synchronization
import Testing

/// The writing end of a pipe, with a thread of its own: a full pipe holds up nobody who awaits its reader.
final class PipeInlet: Sendable {
    private let orders = Mutex<[[UInt8]?]>([])
    private let arrived = DispatchSemaphore(value: 0)

    /// Takes the descriptor over.
    init(_ descriptor: Int32) throws {
        let code = startThread { [self] in
            while true {
                arrived.wait()
                guard let bytes = orders.withLock({ $0.removeFirst() }) else { break }
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                    guard count > 0 else { break }
                    rest = rest.dropFirst(count)
                }
            }
            close(descriptor)
        }
        try #require(code == 0)
    }

    func send(_ bytes: [UInt8]) { order(bytes) }

    /// Closes the pipe after what was sent; further calls change nothing.
    func end() { order(nil) }

    private func order(_ bytes: [UInt8]?) {
        orders.withLock { $0.append(bytes) }
        arrived.signal()
    }
}
