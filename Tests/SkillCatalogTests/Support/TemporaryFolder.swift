import Glibc

/// An empty folder for one test, deleted with everything in it when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("\(Self.base)/skill-catalog-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(operation: "mkdtemp", errorNumber: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(Array(path.utf8CString)) }

    struct Failure: Error {
        var operation: String
        var errorNumber: Int32
    }

    /// Writes a file, with the folders above it.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = path + "/" + name
        if let slash = name.lastIndex(of: "/") { try makeFolder(String(name[..<slash])) }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(operation: "open \(file)", errorNumber: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(operation: "write \(file)", errorNumber: errno) }
            rest = rest.dropFirst(count)
        }
        return file
    }

    @discardableResult
    func makeFolder(_ name: String) throws -> String {
        var current = path
        for component in name.split(separator: "/") {
            current += "/" + component
            guard mkdir(current, 0o755) == 0 || errno == EEXIST else {
                throw Failure(operation: "mkdir \(current)", errorNumber: errno)
            }
        }
        return current
    }

    /// Makes a symbolic link to a path, absolute or relative to the folder of the link.
    func link(_ name: String, to target: String) throws {
        guard symlink(target, path + "/" + name) == 0 else {
            throw Failure(operation: "symlink \(name)", errorNumber: errno)
        }
    }

    func makePipe(_ name: String) throws {
        guard mkfifo(path + "/" + name, 0o644) == 0 else {
            throw Failure(operation: "mkfifo \(name)", errorNumber: errno)
        }
    }

    func setMode(_ mode: mode_t, of name: String) {
        _ = chmod(path + "/" + name, mode)
    }

    private static let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

    /// Removes a tree. Paths are bytes here, because a test may make names that are not UTF-8.
    private static func remove(_ path: [CChar]) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        _ = chmod(path, 0o700)
        for name in names(in: path) { remove(path.dropLast() + [CChar(UInt8(ascii: "/"))] + name) }
        rmdir(path)
    }

    private static func names(in folder: [CChar]) -> [[CChar]] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [[CChar]] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map(CChar.init(bitPattern:)) }
            if name != [46] && name != [46, 46] { names.append(name + [0]) }
        }
        return names
    }
}

extension TemporaryFolder {
    /// Makes a folder whose name need not be UTF-8.
    func makeFolder(rawName: [UInt8]) throws {
        let bytes = Array(path.utf8) + [UInt8(ascii: "/")] + rawName + [0]
        guard mkdir(bytes.map(CChar.init(bitPattern:)), 0o755) == 0 else {
            throw Failure(operation: "mkdir", errorNumber: errno)
        }
    }
}
