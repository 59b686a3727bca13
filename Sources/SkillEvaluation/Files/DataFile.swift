import Glibc

/// Whole files of bounded size, read and replaced in one step.
package enum DataFile {
    /// Largest file that is read, in bytes.
    static let sizeLimit = 1 << 30

    /// The bytes of a regular file; never waits on a pipe or a device.
    package static func read(_ path: String) throws(DataFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw fault(path, "cannot be opened") }
        defer { close(descriptor) }
        return try contents(of: descriptor, path: path)
    }

    /// The bytes of an open regular file from its start.
    static func contents(of descriptor: Int32, path: String) throws(DataFault) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault(path, "cannot be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DataFault(.inaccessible, file: path, "is not a regular file")
        }
        guard status.st_size <= sizeLimit else {
            throw DataFault(.inaccessible, file: path, "is larger than \(sizeLimit) bytes, the most that is read")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw fault(path, "cannot be read") }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// The text of a UTF-8 file.
    package static func readText(_ path: String) throws(DataFault) -> String {
        guard let text = String(validating: try read(path), as: UTF8.self) else {
            throw DataFault(.malformed, file: path, "is not valid UTF-8; save it in that encoding")
        }
        return text
    }

    /// Replaces a file by new content; readers see the old content or the new, never a part.
    package static func replace(_ path: String, with text: String) throws(DataFault) {
        try replace(path, with: Array(text.utf8))
    }

    /// Replaces a file by new content; readers see the old content or the new, never a part.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(DataFault) {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fault(draft, "cannot be created") }
        do throws(DataFault) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path: draft)
            guard fsync(descriptor) == 0 else { throw fault(draft, "cannot be written to the disk") }
        } catch {
            unlink(draft)
            throw error
        }
        guard rename(draft, path) == 0 else {
            let problem = fault(path, "cannot be replaced")
            unlink(draft)
            throw problem
        }
    }

    /// Writes all bytes at the position of the descriptor.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(DataFault) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault(path, "cannot be written") }
            written += count
        }
    }

    /// The fault that the system reported last about a file.
    static func fault(_ path: String, _ what: String) -> DataFault {
        let number = errno
        let isMissing = number == ENOENT || number == ENOTDIR
        return DataFault(
            isMissing ? .missing : .inaccessible,
            file: path,
            "\(what): \(String(cString: strerror(number)))"
        )
    }
}
