import Glibc
import JSONSchema
import Storage

/// Which folders of skills the user trusts, with the content they had then.
///
/// Kept in `trust.json` of the program's home: `{"skills": {"/path/of/skill": "sha256:…"}, "configurations": {…}}`.
package struct TrustStore: Sendable {
    let file: String

    /// - Parameter home: the program's own folder.
    package init(home: String) { file = "\(home)/trust.json" }

    package enum State: String, Sendable, Hashable {
        case trusted
        /// Trusted once, and different since.
        case changed
        case untrusted
    }

    /// Whether a skill may be loaded and run. Reads every file of it.
    package func state(of folder: String) throws(AuthoringError) -> State {
        let path = RealFolder.of(folder) ?? folder
        guard let known = try entries(Self.skills)[path]?.stringValue else { return .untrusted }
        return try FolderHash.of(path).text == known ? .trusted : .changed
    }

    /// Whether a folder was trusted at any time.
    package func knows(_ folder: String) -> Bool {
        guard let entries = try? entries(Self.skills) else { return false }
        return entries[RealFolder.of(folder) ?? folder] != nil
    }

    /// Trusts a skill with the content it has now.
    ///
    /// - Throws: where a link leads out of it: what is behind could change without being noticed.
    @discardableResult
    package func trust(_ folder: String) async throws(AuthoringError) -> FolderHash {
        guard let path = RealFolder.of(folder) else { throw AuthoringError(.missing, "\(folder) is not a folder") }
        let contents = try FolderContents.read(path, covering: .everything)
        for entry in contents.entries {
            guard case .link = entry.kind else { continue }
            let place = "\(path)/\(entry.path.text)"
            let resolved = realpath(place, nil)
            defer { free(resolved) }
            guard let resolved, String(cString: resolved).utf8.starts(with: (path + "/").utf8) else {
                throw AuthoringError(
                    .hostile,
                    "\(place) is a link that leads out of the skill, so its content cannot be remembered",
                    advice: "replace the link with the file"
                )
            }
        }
        let hash = try FolderHash.of(path)
        try await change(Self.skills) { $0[path] = .string(hash.text) }
        return hash
    }

    /// Forgets a skill; false where it was not trusted.
    package func revoke(_ folder: String) async throws(AuthoringError) -> Bool {
        let path = RealFolder.of(folder) ?? folder
        guard try entries(Self.skills)[path] != nil else { return false }
        try await change(Self.skills) { $0[path] = nil }
        return true
    }

    // MARK: - The file

    private static let skills = "skills"

    /// What is trusted of one kind, by path.
    func entries(_ section: String) throws(AuthoringError) -> JSONObject {
        guard let json = try JSONFile.read(file) else { return JSONObject() }
        guard let sections = json.objectValue, let entries = (sections[section] ?? [:]).objectValue else {
            throw AuthoringError(.invalid, "\(file) is damaged", advice: "remove it, and trust again what you look at")
        }
        return entries
    }

    /// Changes what is trusted of one kind, one process at a time.
    func change(_ section: String, _ body: (inout JSONObject) -> Void) async throws(AuthoringError) {
        let lock = try await FolderLock.acquire(FileSystem.parent(of: file))
        defer { withExtendedLifetime(lock) {} }
        var entries = try entries(section)
        body(&entries)
        var sections = try JSONFile.read(file)?.objectValue ?? JSONObject()
        sections[section] = .object(entries)
        do throws(StorageError) {
            try FileSystem.createFolder(FileSystem.parent(of: file))
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        try JSONFile.write(.object(sections), to: file)
    }
}
