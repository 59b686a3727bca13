import Glibc
import Storage

/// The right to change what a folder records about its skills, held by one at a time, and gone with the process.
///
/// A lock on a hidden file in the folder. Readers need none: what is recorded is replaced as a whole.
final class FolderLock: Sendable {
    static let fileName = ".skillweaver-lock"

    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes the lock, waiting for others who are at it.
    ///
    /// - Parameter patience: how long to wait; what the lock guards takes milliseconds.
    static func acquire(
        _ folder: String,
        patience: Duration = .seconds(30)
    ) async throws(AuthoringError) -> FolderLock {
        do throws(StorageError) {
            try FileSystem.createFolder(folder)
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        let file = "\(folder)/\(fileName)"
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: patience)
        while true {
            if let lock = try attempt(file) { return lock }
            guard clock.now < end, (try? await clock.sleep(for: .milliseconds(10))) != nil else {
                throw AuthoringError(
                    .files,
                    "another process is changing \(folder)",
                    advice: "wait until it is done, or stop it, and try again"
                )
            }
        }
    }

    private static func attempt(_ file: String) throws(AuthoringError) -> FolderLock? {
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw AuthoringError(.files, "\(file) cannot be written: \(String(cString: strerror(errno)))")
        }
        let lock = FolderLock(descriptor: descriptor)
        // Each opening of the file is a holder of its own, so that tasks of one process exclude each other too.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw AuthoringError(.files, "\(file) cannot be locked: \(String(cString: strerror(errno)))")
            }
            return nil
        }
        return lock
    }
}
