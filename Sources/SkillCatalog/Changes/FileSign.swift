import Glibc
import Storage

/// What the file system says about one file; another content has another sign.
struct FileSign: Sendable, Hashable {
    var identity: FileStatus.Identity
    var size: Int64
    /// Seconds and nanoseconds of the last change to the content, and to anything about the file.
    var modified: [Int64]
    var changed: [Int64]
}

extension FileSign {
    init(of path: String) throws(FileFault) {
        guard !path.utf8.contains(0) else { throw FileFault(.missing, path: path, "does not exist") }
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileFault(errorNumber: errno, path: path) }
        identity = FileStatus(status).identity
        size = Int64(status.st_size)
        modified = [Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec)]
        changed = [Int64(status.st_ctim.tv_sec), Int64(status.st_ctim.tv_nsec)]
    }

    var text: String { "\(identity.device) \(identity.inode) \(size) \(modified) \(changed)" }
}

extension RecordStamp {
    /// The files that decide what a skill folder is read as.
    ///
    /// Nil where one of them changed so recently that the next change may bear the same time: file systems count time
    /// in steps of some milliseconds, old ones of two seconds.
    static func ofSkillFolder(_ folder: FilePath, file: String, resolvedRoot: FilePath) -> RecordStamp? {
        var parts = [folder.text, file, resolvedRoot.text]
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        for name in [file, ToolsFile.fileName, PythonFunctions.fileName] {
            guard let sign = try? FileSign(of: folder.appending(name).text) else {
                parts.append("\(name) -")
                continue
            }
            guard max(sign.changed[0], sign.modified[0]) < Int64(now.tv_sec) - 2 else { return nil }
            parts.append("\(name) \(sign.text)")
        }
        return RecordStamp(of: ContentHash(of: parts.joined(separator: "\n")))
    }
}
