import Glibc

/// What a folder holds, without having opened any of it.
package struct FolderContents: Sendable, Hashable {
    /// One file, or a link.
    package struct Entry: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            case file(size: Int, isExecutable: Bool)
            /// A symbolic link, with the bytes it leads to.
            case link(target: [UInt8])
        }

        package var path: EntryPath
        package var kind: Kind
    }

    /// Which part of a folder counts.
    package enum Coverage: Sendable, Hashable {
        /// Every file and link, hidden ones and caches too: any of them can change what a skill does.
        case everything
        /// What is worth handing on: no hidden names, no caches, and links only to files inside, taken as these files.
        case distributable
    }

    /// The absolute, resolved path.
    package let folder: String
    /// Sorted by the bytes of their paths.
    package let entries: [Entry]
    /// What was left out and why, as sentences.
    package let remarks: [String]

    /// Looks at a folder.
    ///
    /// - Throws: `AuthoringError` for what is no folder, for more than the limits allow, and for what is neither file, folder
    ///   nor link.
    package static func read(
        _ folder: String,
        covering coverage: Coverage,
        limits: ContentLimits = ContentLimits()
    ) throws(AuthoringError) -> FolderContents {
        guard let root = RealFolder.of(folder) else {
            throw AuthoringError(.missing, "\(folder) is not a folder that can be read")
        }
        var walk = FolderWalk(root: root, coverage: coverage, limits: limits)
        try walk.descend(into: "", depth: 0)
        return FolderContents(
            folder: root,
            entries: walk.entries.sorted { $0.path < $1.path },
            remarks: walk.remarks
        )
    }

    /// The bytes of one of its files, read without following a link that took its place in the meantime.
    package func bytes(of entry: Entry, limits: ContentLimits = ContentLimits()) throws(AuthoringError) -> [UInt8] {
        switch entry.kind {
        case .link(let target): target
        case .file: try RealFolder.contents(of: "\(folder)/\(entry.path.text)", in: folder, limit: limits.fileBytes)
        }
    }
}

/// Folders and files by their real places.
enum RealFolder {
    /// The path of a folder with every link followed; nil where there is no folder.
    static func of(_ path: String) -> String? {
        guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var status = stat()
        guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return String(cString: resolved)
    }

    /// The bytes of a regular file that lies in a folder, wherever links lead.
    static func contents(of path: String, in folder: String, limit: Int) throws(AuthoringError) -> [UInt8] {
        guard let resolved = realpath(path, nil) else { throw unreadable(path) }
        defer { free(resolved) }
        guard String(cString: resolved).utf8.starts(with: (folder + "/").utf8) else {
            throw AuthoringError(.hostile, "\(path) leads out of \(folder)")
        }
        let descriptor = open(resolved, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw unreadable(path) }
        guard status.st_size <= limit else {
            throw AuthoringError(.tooLarge, "\(path) is larger than \(ContentLimits.text(limit))")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuthoringError(.files, "\(path) changed while it was read; try again") }
            filled += count
        }
        return bytes
    }

    private static func unreadable(_ path: String) -> AuthoringError {
        AuthoringError(.files, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
