import Glibc
import Storage

/// The right to drive a run on this machine: a lock on a file, gone with the process, also after `kill -9`.
final class RunLock: RunClaim {
    private let descriptor: Int32
    private let file: String

    private init(descriptor: Int32, file: String) {
        self.descriptor = descriptor
        self.file = file
    }

    deinit { close(descriptor) }

    static func acquire(_ run: String, in folder: String, owner: String) throws(RunStoreError) -> RunLock {
        do {
            try FileSystem.createFolder(folder)
        } catch {
            throw RunStoreError(error)
        }
        let file = "\(folder)/\(ContentHash(of: run).hexadecimal.prefix(16))"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw RunStoreError(.unavailable, "\(file): cannot be opened: \(String(cString: strerror(errno)))")
        }
        let lock = RunLock(descriptor: descriptor, file: file)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw RunStoreError(.unavailable, "\(file): cannot be locked: \(String(cString: strerror(errno)))")
            }
            throw RunStoreError(
                .busy,
                "run \(run) is driven by \(holder(file)); follow it with 'skillweaver runs show \(run) --follow'"
            )
        }
        let note = Array("process \(getpid()) (\(owner))".utf8)
        _ = ftruncate(descriptor, 0)
        // Only for messages; the lock holds without it.
        _ = pwrite(descriptor, note, note.count, 0)
        return lock
    }

    private static func holder(_ file: String) -> String {
        let text = String(decoding: (try? FileSystem.read(file, limit: 4_096)) ?? [], as: UTF8.self)
        return text.isEmpty ? "another process" : text
    }

    func release() async { flock(descriptor, LOCK_UN) }
}
