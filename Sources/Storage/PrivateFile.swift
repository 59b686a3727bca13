import Glibc

/// A small file that only its owner may read: replaced in one step, and shared by all processes of that owner.
///
/// A file or folder that others could change, or a file they could read, is refused: what it says, or keeps secret, is then
/// not the owner's alone.
package struct PrivateFile: Sendable {
    /// Tells one content of a file from another without reading it.
    package struct Stamp: Sendable, Hashable {
        fileprivate var inode: UInt
        fileprivate var size: Int
        fileprivate var modified: Int64
        fileprivate var changed: Int64
        /// Two contents written within one tick of the file system's clock may look the same.
        fileprivate var isYoung: Bool

        /// Whether what was read under this stamp is what the file holds now.
        package func stillHolds(_ now: Stamp?) -> Bool {
            guard let now, !isYoung else { return false }
            return inode == now.inode && size == now.size && modified == now.modified && changed == now.changed
        }
    }

    package let path: String
    /// Bytes a file may have.
    private let limit: Int

    package init(_ path: String, limit: Int = 1 << 20) {
        self.path = path
        self.limit = limit
    }

    /// The stamp of what is there now; nil for nothing.
    package func stamp() throws(StorageError) -> Stamp? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileSystem.failure("cannot be read", path)
        }
        return Stamp(status)
    }

    /// The content and its stamp; nil where there is no file.
    package func read() throws(StorageError) -> (bytes: [UInt8], stamp: Stamp)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            if errno == ELOOP { throw StorageError(.cannotOpen, file: path, "is a link; put the file itself there") }
            throw FileSystem.failure("cannot be read", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.cannotOpen, file: path, "is not a regular file")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            let advice = "look who did, then make it yours alone: chmod 600 '\(path)'"
            throw StorageError(.cannotOpen, file: path, "others than you can read or change it; \(advice)")
        }
        try checkFolder()
        let stamp = Stamp(status)
        var content = [UInt8](repeating: 0, count: limit + 1)
        var filled = 0
        while filled < content.count {
            let count = content.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure("cannot be read", path) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= limit else { throw StorageError(.corrupt, file: path, "is larger than \(limit) bytes") }
        return (Array(content.prefix(filled)), stamp)
    }

    /// Replaces the content in one step; its folder is made where it is missing.
    package func write(_ bytes: [UInt8]) throws(StorageError) {
        let temporary = try writeTemporary(bytes)
        do throws(StorageError) {
            try FileSystem.commit(temporary, as: path)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }

    /// Makes the file with that content; false where there is one already.
    package func create(_ bytes: [UInt8]) throws(StorageError) -> Bool {
        let temporary = try writeTemporary(bytes)
        defer { FileSystem.remove(temporary) }
        // Unlike a renaming, a link never takes another's place, and is there whole or not at all.
        if link(temporary, path) == 0 { return true }
        guard errno == EEXIST else { throw FileSystem.failure("cannot be put in place", path) }
        return false
    }

    // MARK: - Changing it, one process at a time

    /// The right to change the file, until nobody holds this object or its process ends.
    package final class Lock: Sendable {
        private let descriptor: Int32
        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    /// Takes the lock, waiting for others who are at it.
    ///
    /// Asked for again and again rather than waited for, so that no thread is held.
    package func lock(within patience: Duration = .seconds(10)) async throws(StorageError) -> Lock {
        try makeFolder()
        let clock = ContinuousClock()
        let end = clock.now + patience
        while true {
            let descriptor = open("\(path).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw FileSystem.failure("cannot be locked", path) }
            let lock = Lock(descriptor)
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return lock }
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileSystem.failure("cannot be locked", path) }
            guard clock.now < end, (try? await clock.sleep(for: .milliseconds(10))) != nil else {
                throw StorageError(.busy, file: path, "another process is changing it; try again")
            }
        }
    }

    // MARK: -

    private func writeTemporary(_ bytes: [UInt8]) throws(StorageError) -> String {
        try makeFolder()
        var random = SystemRandomNumberGenerator()
        let temporary = "\(path).\(getpid())-\(String(random.next(), radix: 36)).new"
        do throws(StorageError) {
            try FileSystem.write(bytes, to: temporary)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
        return temporary
    }

    private func makeFolder() throws(StorageError) {
        try FileSystem.createFolder(FileSystem.parent(of: path))
        try checkFolder()
    }

    private func checkFolder() throws(StorageError) {
        let folder = FileSystem.parent(of: path)
        var status = stat()
        guard stat(folder, &status) == 0 else { throw FileSystem.failure("cannot be read", folder) }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            let advice = "make it yours alone: chmod 700 '\(folder)'"
            throw StorageError(.cannotOpen, file: folder, "others than you can change what is in it; \(advice)")
        }
    }
}

extension PrivateFile.Stamp {
    fileprivate init(_ status: stat) {
        inode = status.st_ino
        size = status.st_size
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = Self.nanoseconds(now) - changed
        isYoung = age < 100_000_000
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
