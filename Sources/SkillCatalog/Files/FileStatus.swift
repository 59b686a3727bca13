import Glibc

/// What stands at a path, without opening it.
struct FileStatus: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case regular, folder, link, other
    }

    /// Tells two files apart, whatever paths lead to them.
    struct Identity: Sendable, Hashable {
        var device: UInt
        var inode: UInt
    }

    var kind: Kind
    var identity: Identity
    /// Bytes, for a regular file.
    var size: Int
    /// What it is, in words: `a named pipe`.
    var kindName: String

    init(_ status: stat) {
        identity = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        size = Int(status.st_size)
        (kind, kindName) =
            switch status.st_mode & S_IFMT {
            case S_IFREG: (.regular, "a regular file")
            case S_IFDIR: (.folder, "a folder")
            case S_IFLNK: (.link, "a symbolic link")
            case S_IFIFO: (.other, "a named pipe")
            case S_IFSOCK: (.other, "a socket")
            default: (.other, "a device")
            }
    }

    /// The status of what a path leads to, or of the link itself.
    init(of path: String, followingLinks: Bool = true) throws(FileFault) {
        guard !path.utf8.contains(0) else { throw FileFault(.missing, path: path, "does not exist") }
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            throw FileFault(errorNumber: errno, path: path)
        }
        self.init(status)
    }
}
