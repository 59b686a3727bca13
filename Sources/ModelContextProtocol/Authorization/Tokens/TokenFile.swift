import Glibc
package import HTTPTransport
import JSONSchema

/// The file one server's tokens are kept in: readable by its owner only, replaced in one step, shared by all processes.
package actor TokenFile {
    private struct Stamp: Equatable {
        var inode: UInt
        var seconds: Int
        var nanoseconds: Int
    }

    nonisolated let path: String
    nonisolated let server: String
    private let folder: String
    private var known: (stamp: Stamp, record: TokenRecord)?

    /// - Parameter folder: made when it is first needed, for its owner only.
    package init(in folder: String, for server: HTTPURL) {
        self.folder = folder
        self.server = ResourceIdentifier.canonical(server)
        path = "\(folder)/\(Base64Text.encodeForAddress(Array(TextDigest.sha256(self.server).prefix(18)))).json"
    }

    /// What is kept now, by this process or another; nil for nothing.
    func record() throws(AuthorizationError) -> TokenRecord? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            known = nil
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure()
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw AuthorizationError(.storage, path, "others can read or change it; remove it and log in again")
        }
        let stamp = Stamp(
            inode: status.st_ino,
            seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec
        )
        if let known, known.stamp == stamp { return known.record }
        var bytes = [UInt8](repeating: 0, count: 256 << 10)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw failure() }
            if more == 0 { break }
            count += more
        }
        let json: JSONValue
        // What the parser says shows parts of the text.
        do { json = try JSONParser.parse(utf8: Array(bytes.prefix(count))) } catch {
            throw AuthorizationError(.storage, path, "it is no JSON; remove it and log in again")
        }
        let record = try TokenRecord(json: json, from: path)
        guard record.server == server else {
            throw AuthorizationError(.storage, path, "it is of another server; remove it and log in again")
        }
        known = (stamp, record)
        return record
    }

    func write(_ record: TokenRecord) throws(AuthorizationError) {
        try makeFolder()
        let temporary = "\(path).\(RandomBytes.identifier()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        var isWritten = false
        defer { if !isWritten { unlink(temporary) } }
        do {
            defer { close(descriptor) }
            var rest = Array((record.json.serialized(.indented) + "\n").utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw failure() }
                rest = rest.dropFirst(count)
            }
            guard fsync(descriptor) == 0 else { throw failure() }
        }
        guard rename(temporary, path) == 0 else { throw failure() }
        isWritten = true
        known = nil
    }

    /// - Returns: false where nothing was kept.
    func remove() throws(AuthorizationError) -> Bool {
        known = nil
        if unlink(path) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw failure() }
        return false
    }

    /// Keeps other processes from using the refresh token at the same time, which would end the login.
    ///
    /// Asked for again and again rather than waited for, so that no thread is held.
    func lock(within patience: Duration = .seconds(60)) async throws -> FileLock {
        try makeFolder()
        let descriptor = open("\(path).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        let lock = FileLock(descriptor)
        let clock = ContinuousClock()
        let end = clock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw failure() }
            guard clock.now < end else {
                throw AuthorizationError(.storage, path, "another process holds it for too long")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return lock
    }

    private func makeFolder() throws(AuthorizationError) {
        var place = ""
        for part in folder.split(separator: "/") {
            place += (place.isEmpty && !folder.hasPrefix("/") ? "" : "/") + part
            guard mkdir(place, 0o700) == 0 || errno == EEXIST || access(place, F_OK) == 0 else { throw failure() }
        }
    }

    private func failure() -> AuthorizationError {
        AuthorizationError(.storage, path, String(cString: strerror(errno)))
    }
}

/// A lock on a file, until nobody holds this object.
final class FileLock: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
