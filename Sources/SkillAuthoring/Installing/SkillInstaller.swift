import Glibc
package import SkillCatalog
import Storage

/// Brings skills into a folder, whole or not at all.
///
/// What comes from outside is put together in a private folder, judged there, and moved to its place in one step. Only what
/// is worth handing on is taken: no hidden files, caches or links.
package struct SkillInstaller: Sendable {
    /// Where skills are installed: one folder each.
    package let destination: String
    package var git: GitCheckout
    package var limits: ContentLimits

    package init(destination: String, environment: (String) -> String?, limits: ContentLimits = ContentLimits()) {
        self.destination = FileSystem.absolute(destination)
        git = GitCheckout(environment: environment, limits: limits)
        self.limits = limits
    }

    /// What was installed.
    package struct Outcome: Sendable {
        package var skill: Skill
        package var folder: String
        package var record: InstallRecords.Record
        /// A skill of that name was there, and is not any more.
        package var hasReplaced: Bool
        /// What strict validation says about it, and what was left out.
        package var diagnostics: [Diagnostic]
        package var remarks: [String]
    }

    /// How careful an installation is.
    package struct Policy: Sendable, Hashable {
        /// A skill of the same name is replaced.
        package var replaces = false
        /// A skill that breaks a rule of the format is refused, even if it can be used.
        package var isStrict = false

        package init(replaces: Bool = false, isStrict: Bool = false) {
            self.replaces = replaces
            self.isStrict = isStrict
        }
    }

    /// Installs one skill.
    ///
    /// - Parameter name: which skill of a source that holds several; for a source with one, what its folder is to be called.
    package func install(
        _ source: InstallSource,
        named name: String? = nil,
        policy: Policy = Policy()
    ) async throws -> Outcome {
        let staging = try StagingFolder(in: destination)
        let (fetched, revision) = try await fetch(source, into: staging)
        let found = try await FoundSkill.only(in: fetched, named: name, source: source.text)
        guard let origin = found.origin.folder else {
            throw AuthoringError(.invalid, "\(source.text) holds no skill with a folder of its own")
        }
        let folderName = try Self.folderName(name ?? found.name)
        let contents = try FolderContents.read(origin, covering: .distributable, limits: limits)
        let made = try staging.folder("made")
        let prepared = "\(made)/\(folderName)"
        try copy(contents, to: prepared)
        // Read once more where it will be used: what was left out must not have carried the skill.
        let skill = try await FoundSkill.only(in: prepared, named: nil, source: source.text)
        let diagnostics = SkillValidator.validate(folder: prepared).map { $0.told(from: prepared, as: folderName) }
        if policy.isStrict, let first = diagnostics.first(where: { $0.severity == .error }) {
            throw AuthoringError(.invalid, "\(folderName) is not a valid skill: \(first.message)")
        }
        let record = InstallRecords.Record(
            source: source.text,
            revision: revision,
            hash: try FolderHash.of(prepared, limits: limits).text
        )
        let lock = try await FolderLock.acquire(destination)
        let hasReplaced = try withExtendedLifetime(lock) { () throws(AuthoringError) in
            let hasReplaced = try place(
                prepared,
                as: folderName,
                replaces: policy.replaces,
                aside: "\(staging.path)/replaced"
            )
            try remember(folderName, record)
            return hasReplaced
        }
        return Outcome(
            skill: skill,
            folder: "\(destination)/\(folderName)",
            record: record,
            hasReplaced: hasReplaced,
            diagnostics: diagnostics,
            remarks: contents.remarks
        )
    }

    /// Removes an installed skill.
    ///
    /// Only a folder that was installed here, or that holds a `SKILL.md`, is removed.
    package func remove(_ name: String) async throws(AuthoringError) -> String {
        let folderName = try Self.folderName(name)
        let folder = "\(destination)/\(folderName)"
        guard FileSystem.isFolder(folder) else { throw notInstalled(name) }
        let lock = try await FolderLock.acquire(destination)
        defer { withExtendedLifetime(lock) {} }
        var records = try InstallRecords(folder: destination)
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            records[folderName] != nil || FileSystem.exists("\(folder)/SKILL.md")
        else { throw notInstalled(name) }
        let staging = try StagingFolder(in: destination)
        guard rename(folder, "\(staging.path)/removed") == 0 else {
            throw AuthoringError(.files, "\(folder) cannot be removed: \(String(cString: strerror(errno)))")
        }
        records[folderName] = nil
        try records.write(to: destination)
        return folder
    }

    private func notInstalled(_ name: String) -> AuthoringError {
        AuthoringError(.missing, "no skill called '\(name)' is installed in \(destination)")
    }

    // MARK: - Steps

    private func fetch(
        _ source: InstallSource,
        into staging: StagingFolder
    ) async throws -> (folder: String, revision: String?) {
        switch source {
        case .folder(let path): return (path, nil)
        case .archive(let path, _):
            let folder = try staging.folder("fetched")
            let own = "\(folder)/\((try? Self.folderName(source.stem)) ?? "skill")"
            guard mkdir(own, 0o700) == 0 else { throw AuthoringError(.files, "\(own) cannot be made") }
            let bytes: [UInt8]
            do throws(StorageError) {
                bytes = try FileSystem.read(path, limit: limits.archiveBytes)
            } catch {
                throw AuthoringError(.tooLarge, "\(error)")
            }
            try await SkillArchive().unpack(bytes, into: own, limits: limits)
            return (own, nil)
        case .repository(let address):
            let folder = try staging.folder("fetched")
            let own = "\(folder)/\((try? Self.folderName(source.stem)) ?? "skill")"
            return (own, try await git.fetch(address, into: own))
        }
    }

    private func copy(_ contents: FolderContents, to folder: String) throws(AuthoringError) {
        try createFolder(folder)
        for entry in contents.entries {
            guard case .file(_, let isExecutable) = entry.kind else { continue }
            let place = "\(folder)/\(entry.path.text)"
            try createFolder(FileSystem.parent(of: place))
            let bytes = try contents.bytes(of: entry, limits: limits)
            do throws(StorageError) {
                try FileSystem.write(bytes, to: place)
            } catch {
                throw AuthoringError(.files, "\(error)")
            }
            chmod(place, isExecutable ? 0o755 : 0o644)
        }
    }

    private func createFolder(_ path: String) throws(AuthoringError) {
        do throws(StorageError) {
            try FileSystem.createFolder(path)
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        chmod(path, 0o755)
    }

    /// Moves a finished skill to its place; true where another one had to make room.
    private func place(
        _ prepared: String,
        as name: String,
        replaces: Bool,
        aside: String
    ) throws(AuthoringError) -> Bool {
        let target = "\(destination)/\(name)"
        var status = stat()
        let isTaken = lstat(target, &status) == 0
        guard !isTaken || replaces else {
            let record = try InstallRecords(folder: destination)[name]
            let from = record.map { ", installed from \($0.origin)" } ?? ""
            throw AuthoringError(
                .conflict,
                "\(target) exists already\(from)",
                advice: "replace it with --replace, or choose another folder with --into or another name with --name"
            )
        }
        if isTaken, rename(target, aside) != 0 {
            throw AuthoringError(.files, "\(target) cannot be replaced: \(String(cString: strerror(errno)))")
        }
        guard rename(prepared, target) == 0 else {
            let reason = String(cString: strerror(errno))
            if isTaken { _ = rename(aside, target) }
            throw AuthoringError(.files, "\(target) cannot be put in place: \(reason)")
        }
        return isTaken
    }

    private func remember(_ name: String, _ record: InstallRecords.Record) throws(AuthoringError) {
        var records = try InstallRecords(folder: destination)
        records[name] = record
        try records.write(to: destination)
    }

    /// A skill's name as the name of a folder.
    static func folderName(_ name: String) throws(AuthoringError) -> String {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "._-".unicodeScalars.contains(scalar)
        }
        guard isPlain, (1...128).contains(name.utf8.count), !name.hasPrefix("."), !name.hasPrefix("-") else {
            throw AuthoringError(
                .usage,
                "'\(name.prefix(100))' cannot be the name of a skill's folder",
                advice: "use letters, digits, '.', '_' and '-', and no dot or hyphen first"
            )
        }
        return name
    }
}

extension Diagnostic {
    /// The same, naming its file as it is called in its final place.
    fileprivate func told(from folder: String, as name: String) -> Diagnostic {
        var told = self
        if let file, file.hasPrefix(folder) { told.file = name + file.dropFirst(folder.count) }
        return told
    }
}
