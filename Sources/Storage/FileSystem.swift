import Glibc

/// The few file operations our stores need, with errors that name the file.
package enum FileSystem {
    /// Creates a folder and the folders above it, readable by the owner only.
    package static func createFolder(_ path: String) throws(StorageError) {
        var missing: [String] = []
        var current = path
        while !current.isEmpty, !exists(current) {
            missing.append(current)
            current = parent(of: current)
        }
        for folder in missing.reversed() where mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw failure("cannot create the folder", folder)
        }
        guard isFolder(path) else { throw StorageError(.cannotOpen, file: path, "is not a folder") }
    }

    /// Creates a folder that nobody else has, readable by the owner only.
    ///
    /// - Parameter name: what its name begins with.
    package static func makeTemporaryFolder(named name: String) throws(StorageError) -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = "\(base)/\(name).XXXXXX".utf8CString
        guard let folder = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) else {
            throw failure("cannot create a folder in", base)
        }
        return String(cString: folder)
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a path leads to a folder.
    package static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Everything before the last component; empty where there is none.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex && path.count > 1 ? "/" : String(path[..<slash])
    }

    /// The last component.
    package static func name(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? path
    }

    /// The absolute path of `path` seen from the current folder, without resolving links.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        let base = String(cString: folder)
        return path == "." || path.isEmpty ? base : base + "/" + path
    }

    /// Names in a folder, sorted; empty where it cannot be read.
    package static func contents(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The bytes of a regular file of at most `limit` bytes.
    package static func read(_ path: String, limit: Int = 1 << 30) throws(StorageError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot be read", path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.cannotOpen, file: path, "is not a regular file")
        }
        guard information.st_size <= limit else {
            throw StorageError(.cannotOpen, file: path, "is larger than \(limit) bytes")
        }
        var content = [UInt8](repeating: 0, count: Int(information.st_size))
        var filled = 0
        while filled < content.count {
            let count = content.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                return Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read", path) }
            if count == 0 { break }
            filled += count
        }
        content.removeLast(content.count - filled)
        return content
    }

    /// Writes a new file, readable by the owner only; one of that name is replaced, and may be left incomplete.
    package static func write(_ content: [UInt8], to path: String) throws(StorageError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written", path) }
        defer { close(descriptor) }
        var written = 0
        while written < content.count {
            let count = content.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be written", path) }
            written += count
        }
    }

    /// Adds to the end of a file, readable by the owner only; created where it is missing.
    package static func append(_ content: [UInt8], to path: String) throws(StorageError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written", path) }
        defer { close(descriptor) }
        // In one call, so that what two processes add does not mix.
        guard Glibc.write(descriptor, content, content.count) == content.count else {
            throw failure("cannot be written", path)
        }
    }

    /// Makes the content of a finished file durable, then gives it its final name in one step.
    package static func commit(_ temporary: String, as path: String) throws(StorageError) {
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be opened", temporary) }
        let synced = fsync(descriptor)
        close(descriptor)
        guard synced == 0 else { throw failure("cannot be written to the disk", temporary) }
        guard rename(temporary, path) == 0 else { throw failure("cannot be put in place", path) }
    }

    package static func remove(_ path: String) { _ = unlink(path) }

    /// Deletes a folder and what is in it; links are not followed, and what cannot be deleted stays.
    package static func removeFolder(_ path: String) {
        for name in contents(of: path) {
            let inner = "\(path)/\(name)"
            var information = stat()
            guard lstat(inner, &information) == 0 else { continue }
            if information.st_mode & S_IFMT == S_IFDIR { removeFolder(inner) } else { remove(inner) }
        }
        _ = rmdir(path)
    }

    /// Gives a file a second name, in the place of what has that name; false where that is not possible.
    package static func link(_ path: String, as second: String) -> Bool {
        remove(second)
        return Glibc.link(path, second) == 0
    }

    static func failure(_ what: String, _ path: String) -> StorageError {
        let kind: StorageError.Kind =
            switch errno {
            case ENOSPC, EDQUOT: .diskFull
            case EACCES, EROFS, EPERM: .readOnly
            default: .cannotOpen
            }
        return StorageError(kind, file: path, "\(what): \(String(cString: strerror(errno)))")
    }
}
