import Glibc

/// The parts of a path, taken from its text alone.
struct FilePath: Sendable, Hashable {
    var text: String

    init(_ text: String) { self.text = text }

    /// What stands after the last slash; slashes at the end do not count.
    var lastComponent: String { components.last ?? "" }

    /// What stands between slashes. Split by bytes: as characters, a slash before a combining mark would be no slash.
    private var components: [String] {
        text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    /// An absolute path without its last component.
    var folder: String { "/" + components.dropLast().joined(separator: "/") }

    /// The last component without its extension.
    var stem: String {
        let name = lastComponent
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// What stands after the last dot of the last component, in lower case; empty where there is none.
    var fileExtension: String {
        let name = lastComponent
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    func appending(_ component: String) -> FilePath {
        FilePath(text.utf8.last == UInt8(ascii: "/") ? text + component : text + "/" + component)
    }

    /// Whether this is the folder, or lies somewhere in it. Both must be resolved.
    func isInside(_ folder: FilePath) -> Bool {
        text == folder.text || text.utf8.starts(with: folder.appending("").text.utf8)
    }

    /// The path from the root of the file system, without `.` and `..`, links left as written.
    ///
    /// Where a link makes `..` mean another place than its text says, it stays.
    static func absolute(_ path: String) -> FilePath {
        var full = path
        if path.utf8.first != UInt8(ascii: "/"), let current = getcwd(nil, 0) {
            full = FilePath(String(cString: current)).appending(path).text
            free(current)
        }
        var kept: [String] = []
        let written = FilePath(full).components
        for component in written where component != "." {
            if component == ".." { _ = kept.popLast() } else { kept.append(component) }
        }
        let tidy = "/" + kept.joined(separator: "/")
        guard
            written.contains(".."),
            let before = try? FileStatus(of: full), let after = try? FileStatus(of: tidy),
            before.identity != after.identity
        else { return FilePath(tidy) }
        return FilePath(full)
    }

    /// The path with every symbolic link followed.
    func resolved() throws(FileFault) -> FilePath {
        guard !text.utf8.contains(0), let resolved = realpath(text, nil) else {
            throw FileFault(errorNumber: text.utf8.contains(0) ? ENOENT : errno, path: text)
        }
        defer { free(resolved) }
        return FilePath(String(cString: resolved))
    }
}
