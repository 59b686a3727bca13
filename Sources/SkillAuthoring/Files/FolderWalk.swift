import Glibc

/// Goes through a folder, follows no link to a folder, and stops where a limit is passed.
struct FolderWalk {
    let root: String
    let coverage: FolderContents.Coverage
    let limits: ContentLimits
    private(set) var entries: [FolderContents.Entry] = []
    private(set) var remarks: [String] = []
    private var seen = 0
    private var bytes = 0

    init(root: String, coverage: FolderContents.Coverage, limits: ContentLimits) {
        self.root = root
        self.coverage = coverage
        self.limits = limits
    }

    /// - Parameter prefix: path of a folder from the root, with a slash at its end; empty for the root.
    mutating func descend(into prefix: String, depth: Int) throws(AuthoringError) {
        guard depth <= limits.depth else {
            throw AuthoringError(.tooLarge, "\(root)/\(prefix) is deeper than \(limits.depth) folders")
        }
        for name in try names(in: "\(root)/\(prefix)") {
            if coverage == .distributable, Self.isPrivate(name) { continue }
            seen += 1
            guard seen <= limits.entries else {
                throw AuthoringError(
                    .tooLarge,
                    "\(root) holds more than \(limits.entries) files",
                    advice: "is it the right folder?"
                )
            }
            try visit(name, prefix: prefix, depth: depth)
        }
    }

    private mutating func visit(_ name: String, prefix: String, depth: Int) throws(AuthoringError) {
        let path = prefix + name
        let place = "\(root)/\(path)"
        var status = stat()
        guard lstat(place, &status) == 0 else {
            throw AuthoringError(.files, "\(place) cannot be read: \(String(cString: strerror(errno)))")
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: try descend(into: path + "/", depth: depth + 1)
        case S_IFREG: try add(path, status)
        case S_IFLNK: try addLink(path, place)
        default:
            throw AuthoringError(
                .hostile,
                "\(place) is neither a file nor a folder",
                advice: "remove it from the skill"
            )
        }
    }

    private mutating func add(_ path: String, _ status: stat) throws(AuthoringError) {
        let size = Int(status.st_size)
        bytes += size
        guard size <= limits.fileBytes, bytes <= limits.totalBytes else {
            let most = ContentLimits.text(size > limits.fileBytes ? limits.fileBytes : limits.totalBytes)
            throw AuthoringError(.tooLarge, "\(root) is too large with \(path): more than \(most)")
        }
        entries.append(
            .init(
                path: EntryPath(path),
                kind: .file(size: size, isExecutable: status.st_mode & S_IXUSR != 0)
            )
        )
    }

    private mutating func addLink(_ path: String, _ place: String) throws(AuthoringError) {
        guard coverage == .distributable else {
            var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let length = target.withUnsafeMutableBytes { buffer in
                buffer.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.map { readlink(place, $0, text.count) } ?? 0
                }
            }
            entries.append(.init(path: EntryPath(path), kind: .link(target: Array(target.prefix(max(0, length))))))
            return
        }
        guard let resolved = realpath(place, nil) else {
            remarks.append("\(path) is a link that leads nowhere; it is left out")
            return
        }
        defer { free(resolved) }
        var status = stat()
        let isInside = String(cString: resolved).utf8.starts(with: (root + "/").utf8)
        guard isInside, stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            remarks.append("\(path) is a link \(isInside ? "to a folder" : "out of the skill"); it is left out")
            return
        }
        try add(path, status)
    }

    private func names(in folder: String) throws(AuthoringError) -> [String] {
        guard let stream = opendir(folder) else {
            throw AuthoringError(.files, "\(folder) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            guard let name else {
                throw AuthoringError(.hostile, "\(folder) holds a file whose name is not UTF-8", advice: "rename it")
            }
            guard name != ".", name != ".." else { continue }
            names.append(name)
            // One more than is allowed is enough to say so; a folder of a million names is not listed.
            if names.count > limits.entries + 1 { break }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Hidden files, caches of interpreters and package managers, and what desktop systems leave behind.
    static func isPrivate(_ name: String) -> Bool {
        name.hasPrefix(".") || ["__pycache__", "node_modules", "__MACOSX", "Thumbs.db"].contains(name)
            || name.hasSuffix(".pyc") || name.hasSuffix(".pyo") || name.hasSuffix("~")
    }
}
