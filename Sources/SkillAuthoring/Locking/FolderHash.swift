import Storage

/// The hash of a whole skill folder: the same for the same content, on every machine.
///
/// SHA-256 of a text with one line a file, sorted by the bytes of the paths:
///
///     skillweaver-content-1
///     - 9f86d0…  SKILL.md
///     x 60303a…  scripts/run.sh
///     l 2c26b4…  current
///
/// A line is the kind (`-` a file, `x` one its owner may execute, `l` a symbolic link), a space, the SHA-256 of the bytes
/// (of a link: of the path it leads to) in hexadecimal, two spaces, the path, and a line feed. Line feeds and backslashes in
/// paths are written `\n` and `\\`. Every file counts, hidden ones and caches too, because each can change what the
/// skill does; times, owners and other rights do not count, because copying changes them.
package struct FolderHash: Sendable, Hashable {
    /// One line.
    package struct File: Sendable, Hashable {
        package var path: String
        /// `-`, `x` or `l`.
        package var kind: String
        /// 64 hexadecimal digits.
        package var sha256: String

        package init(path: String, kind: String, sha256: String) {
            self.path = path
            self.kind = kind
            self.sha256 = sha256
        }
    }

    package let files: [File]
    /// `sha256:` and 64 hexadecimal digits.
    package let text: String

    /// - Parameter files: sorted by the bytes of their paths.
    init(files: [File]) {
        self.files = files
        var listing = "skillweaver-content-1\n"
        for file in files {
            let path = file.path.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
            listing += "\(file.kind) \(file.sha256)  \(path)\n"
        }
        text = "sha256:" + ContentHash(of: listing).hexadecimal
    }

    /// Reads and hashes every file of a folder.
    package static func of(
        _ folder: String,
        limits: ContentLimits = ContentLimits()
    ) throws(AuthoringError) -> FolderHash {
        let contents = try FolderContents.read(folder, covering: .everything, limits: limits)
        var files: [File] = []
        for entry in contents.entries {
            let digest = ContentHash(of: try contents.bytes(of: entry, limits: limits)).hexadecimal
            let kind =
                switch entry.kind {
                case .file(_, let isExecutable): isExecutable ? "x" : "-"
                case .link: "l"
                }
            files.append(File(path: entry.path.text, kind: kind, sha256: digest))
        }
        return FolderHash(files: files)
    }
}
