import Glibc
package import Storage

/// Writes the settings of another program: whole or not at all, and with a copy of what was there.
package struct SettingsFile: Sendable {
    /// What a change would do, or did.
    package struct Change: Sendable, Hashable {
        /// The file that is written: where a link leads to, if it is one.
        package var path: String
        package var before: [UInt8]
        package var after: [UInt8]
        /// Where the copy of what was there is; nil where nothing was, or nothing was written.
        package var backup: String?

        package var isEmpty: Bool { before == after }
    }

    package let path: String

    package init(path: String) { self.path = path }

    /// What a change of the file's text would be; nothing is written.
    package func change<Fault: Error>(
        _ edit: ([UInt8]) throws(Fault) -> [UInt8]
    ) throws -> Change {
        let real = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let target = real ?? path
        let before =
            FileSystem.exists(target) ? try FileSystem.read(target, limit: MCPConfiguration.maximumBytes) : []
        return Change(path: target, before: before, after: try edit(before))
    }

    /// Writes a change, with a copy of what was there beside the file.
    ///
    /// - Throws: `StorageError` where that is not possible, or the file is not as it was when the change was made.
    package func write(_ change: Change) throws(StorageError) -> Change {
        guard !change.isEmpty else { return change }
        var change = change
        try FileSystem.createFolder(FileSystem.parent(of: change.path))
        var information = stat()
        let exists = stat(change.path, &information) == 0
        if exists {
            let backup = Self.freeName(beside: change.path)
            try FileSystem.write(change.before, to: backup)
            change.backup = backup
        }
        let temporary = "\(change.path).skillweaver-\(getpid())"
        do throws(StorageError) {
            try FileSystem.write(change.after, to: temporary)
            if exists { chmod(temporary, information.st_mode & 0o777) }
            let now = exists ? try FileSystem.read(change.path, limit: MCPConfiguration.maximumBytes) : []
            guard now == change.before else {
                throw StorageError(.cannotOpen, file: change.path, "was changed by another program; try again")
            }
            try FileSystem.commit(temporary, as: change.path)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
        return change
    }

    /// `FILE.before-skillweaver`, or with a number where that is taken.
    private static func freeName(beside path: String) -> String {
        let name = "\(path).before-skillweaver"
        guard FileSystem.exists(name) else { return name }
        return (2...).lazy.map { "\(name)-\($0)" }.first { !FileSystem.exists($0) } ?? name
    }
}
