import Glibc

/// Bytes that never change: a file mapped into memory, or a copy of an array.
///
/// A mapped file must be one that is put in place whole and never written again; pages are read when they are touched.
package final class MappedBytes: Sendable {
    /// The address as a number: what it points to is read-only for the life of this object.
    private let address: UInt
    package let count: Int
    private let isMapped: Bool

    /// Maps a regular file.
    package init(file: String) throws(StorageError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure("cannot be read", file) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_size > 0
        else { throw StorageError(.cannotOpen, file: file, "is not a regular file with content") }
        let size = Int(information.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
            throw Self.failure("cannot be mapped", file)
        }
        address = UInt(bitPattern: start)
        count = size
        isMapped = true
    }

    package init(copying bytes: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
        memory.copyBytes(from: bytes)
        address = UInt(bitPattern: memory.baseAddress)
        count = bytes.count
        isMapped = false
    }

    deinit {
        let start = UnsafeMutableRawPointer(bitPattern: address)
        if isMapped { munmap(start, count) } else { start?.deallocate() }
    }

    /// The bytes, valid during the call.
    package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) {
            try body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
        }
    }

    private static func failure(_ what: String, _ file: String) -> StorageError {
        StorageError(.cannotOpen, file: file, "\(what): \(String(cString: strerror(errno)))")
    }
}
