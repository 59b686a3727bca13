import Glibc

/// A file that only grows: what is appended stays, whoever else appends to it.
package final class AppendedFile: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Opens the file, readable by the owner only where it is new.
    package init(path: String) throws(StorageError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("cannot be opened", path) }
    }

    deinit { close(descriptor) }

    package func append(_ text: String) throws(StorageError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                throw FileSystem.failure("cannot be written", path)
            }
        }
    }
}
