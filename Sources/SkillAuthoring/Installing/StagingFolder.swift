import FoundationEssentials
import Glibc
import Storage

/// A private folder beside the place where something is put together, gone when its owner is.
final class StagingFolder: Sendable {
    /// Absolute, resolved.
    let path: String

    /// - Parameter folder: where it is made; on the same file system as what is moved out of it.
    init(in folder: String) throws(AuthoringError) {
        do throws(StorageError) {
            try FileSystem.createFolder(folder)
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        var template = Array("\(folder)/.skillweaver-staging-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made, let real = RealFolder.of(made) else {
            throw AuthoringError(.files, "nothing can be written to \(folder): \(String(cString: strerror(errno)))")
        }
        path = real
    }

    deinit { StagingFolder.remove(path) }

    /// A new folder in it.
    func folder(_ name: String) throws(AuthoringError) -> String {
        let place = "\(path)/\(name)"
        guard mkdir(place, 0o700) == 0 else {
            throw AuthoringError(.files, "\(place) cannot be made: \(String(cString: strerror(errno)))")
        }
        return place
    }

    /// Removes a folder with everything in it; links in it are removed, not followed.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
