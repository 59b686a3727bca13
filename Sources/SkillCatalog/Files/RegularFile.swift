import Glibc

/// An open regular file; anything else (a pipe, a device, a folder) is refused without waiting for it.
struct RegularFile: ~Copyable {
    let path: String
    /// Bytes when it was opened; it may grow or shrink since.
    let size: Int
    private let descriptor: Int32

    private init(path: String, size: Int, descriptor: Int32) {
        self.path = path
        self.size = size
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens for reading. Does not block on a pipe that nobody writes to, and leaks no descriptor to child processes.
    static func open(_ path: String) throws(FileFault) -> RegularFile {
        guard !path.utf8.contains(0) else { throw FileFault(.missing, path: path, "does not exist") }
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileFault(errorNumber: errno, path: path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let number = errno
            close(descriptor)
            throw FileFault(errorNumber: number, path: path)
        }
        let found = FileStatus(status)
        guard found.kind == .regular else {
            close(descriptor)
            throw FileFault(.notRegular, path: path, "is \(found.kindName), not a regular file")
        }
        return RegularFile(path: path, size: found.size, descriptor: descriptor)
    }

    /// Fills the buffer from where the last read ended; the number of bytes read, 0 at the end.
    borrowing func read(into buffer: inout [UInt8]) throws(FileFault) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            let number = errno
            if number != EINTR { throw FileFault(errorNumber: number, path: path) }
        }
    }

    /// Throws when the file has become shorter than that: what was read of it may be of two versions.
    borrowing func checkSize(atLeast bytes: Int) throws(FileFault) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFault(errorNumber: errno, path: path) }
        guard Int(status.st_size) >= bytes else {
            throw FileFault(.failed, path: path, "was cut short while it was read; try again when its writer is done")
        }
    }

    /// The whole file, or a fault when it holds more bytes than the limit.
    static func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] {
        let file = try open(path)
        let tooLarge = FileFault(
            .tooLarge,
            path: path,
            "is larger than \(ByteCount.text(limit)), the most that is read"
        )
        guard file.size <= limit else { throw tooLarge }
        var contents: [UInt8] = []
        contents.reserveCapacity(file.size)
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = try file.read(into: &chunk)
            if count == 0 { return contents }
            guard contents.count + count <= limit else { throw tooLarge }
            contents.append(contentsOf: chunk[..<count])
        }
    }
}

/// Amounts of memory as people write them.
enum ByteCount {
    /// `1 MiB`, `256 KiB`, `17 bytes`; whole units only.
    static func text(_ bytes: Int) -> String {
        if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
        if bytes >= 1 << 10, bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
        return "\(bytes) bytes"
    }
}
