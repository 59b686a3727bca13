import Glibc
import Storage

/// The right to change a library, held by one process at a time and given back when it ends, however it ends.
///
/// A lock on the file `writer.lock` in the library's folder, which says who holds it. Readers never need it.
package final class LibraryLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes the lock, waiting a little for another process to be done.
    ///
    /// - Parameters:
    ///   - holder: what the holder is doing, for the message that others get, for example `skillweaver index --watch`.
    ///   - patience: how long to wait.
    /// - Throws: `LibraryError.busy` that says who holds it.
    package static func acquire(
        _ location: LibraryLocation,
        holder: String,
        patience: Duration = .seconds(5)
    ) async throws -> LibraryLock {
        try FileSystem.createFolder(location.folder)
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: patience)
        while true {
            if let lock = try attempt(location, holder: holder) { return lock }
            guard clock.now < deadline else { throw LibraryError(.busy, busyMessage(location)) }
            try await clock.sleep(for: .milliseconds(50))
        }
    }

    /// Takes the lock if nobody holds it.
    static func attempt(_ location: LibraryLocation, holder: String) throws -> LibraryLock? {
        let descriptor = open(location.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw StorageError(.readOnly, file: location.lock, "cannot be written (\(reason)); check its permissions")
        }
        let lock = LibraryLock(descriptor: descriptor)
        // The lock belongs to the open file: it is gone with the process, also after kill -9.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw StorageError(.other, file: location.lock, "cannot be locked: \(String(cString: strerror(errno)))")
            }
            return nil
        }
        let text = Array("\(getpid()) \(holder)\n".utf8)
        _ = ftruncate(descriptor, 0)
        // The note only serves messages; the lock holds without it, for example on a full disk.
        _ = pwrite(descriptor, text, text.count, 0)
        return lock
    }

    private static func busyMessage(_ location: LibraryLocation) -> String {
        let bytes = (try? FileSystem.read(location.lock, limit: 4_096)) ?? []
        let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first?.split(
            separator: " ",
            maxSplits: 1
        )
        let who = words.flatMap { words in
            words.count == 2 ? "process \(words[0]) (\(words[1]))" : nil
        }
        return "the library '\(location.name)' is being written by \(who ?? "another process"); "
            + "wait until it is done, or stop it, and try again"
    }
}
