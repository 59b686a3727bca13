import Glibc

/// Finds programs the way a shell does: by their name in the folders of `PATH`.
package struct ExecutableSearch: Sendable {
    /// The folders, in order.
    package var folders: [String]

    /// - Parameter searchPath: folders joined by colons; nil stands for the system's own. Empty entries, which a shell
    ///   reads as the current folder, are left out.
    package init(searchPath: String?) {
        folders = (searchPath ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
    }

    /// The path of an executable regular file.
    ///
    /// - Parameter name: a plain name, or a path when it holds a slash.
    /// - Throws: `SubprocessError.executableNotFound`, naming where was searched.
    package func locate(_ name: String) throws(SubprocessError) -> String {
        guard !name.utf8.contains(0) else { throw .unusableText("the program's name") }
        if name.utf8.contains(UInt8(ascii: "/")) {
            guard isExecutable(name) else { throw .executableNotFound(name: name, searched: []) }
            return absolute(name)
        }
        for folder in folders where !name.isEmpty {
            let path = "\(folder)/\(name)"
            if isExecutable(path) { return absolute(path) }
        }
        throw .executableNotFound(name: name, searched: folders)
    }

    private func isExecutable(_ path: String) -> Bool {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return false }
        return access(path, X_OK) == 0
    }

    /// A child may start in another folder, where a relative path would mean another file.
    private func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        // The last name is kept as written: programs behind symbolic links look at the name they are called by.
        guard let slash = path.lastIndex(of: "/") else { return String(cString: resolved) }
        guard let folder = realpath(slash == path.startIndex ? "/" : String(path[..<slash]), nil) else { return path }
        defer { free(folder) }
        let parent = String(cString: folder)
        return (parent == "/" ? "" : parent) + path[slash...]
    }
}
