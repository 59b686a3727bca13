import Glibc
import Synchronization

/// Lines on standard error, each whole.
package enum StandardErrorLines {
    private static let lock = Mutex(())

    /// Writes a line; what cannot be written is lost.
    package static func write(_ line: String) {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        lock.withLock { _ in
            bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
                    let count = Glibc.write(STDERR_FILENO, start, rest.count)
                    guard count > 0 || count < 0 && errno == EINTR else { return }
                    rest = rest.dropFirst(max(0, count))
                    if rest.isEmpty { return }
                }
            }
        }
    }
}
