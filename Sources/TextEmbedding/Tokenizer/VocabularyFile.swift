import Glibc

/// Reads a vocabulary file whole, with a bound on its size.
enum VocabularyFile {
    /// About a hundred times the largest multilingual vocabulary.
    static let byteLimit = 256 << 20

    static func read(_ path: String) throws(TokenizerError) -> [UInt8] {
        // Without blocking, so that a pipe is refused and not waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw systemError(path) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemError(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw TokenizerError(.notAFile, path: path) }
        let size = Int(status.st_size)
        guard size <= byteLimit else {
            throw TokenizerError(.tooLarge(byteCount: size, limit: byteLimit), path: path)
        }

        var failed = false
        let contents = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let received = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if received < 0, errno == EINTR { continue }
                failed = received < 0
                if received <= 0 { return }
                count += received
            }
        }
        if failed { throw systemError(path) }
        return contents
    }

    private static func systemError(_ path: String) -> TokenizerError {
        TokenizerError(.unreadable(String(cString: strerror(errno))), path: path)
    }
}
