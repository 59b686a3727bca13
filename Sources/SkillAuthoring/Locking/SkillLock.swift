package import JSONSchema
package import SkillCatalog
import Storage

/// The content of `skills.lock`: which skills there are, from where, and what exactly they hold.
package struct SkillLock: Sendable, Hashable {
    package static let fileName = "skills.lock"

    /// The folders that were searched for skills, written as the skills' paths are; empty for a library's.
    package var roots: [String]
    /// The library whose skills these are.
    package var library: String?
    /// Sorted by the bytes of their paths.
    package var skills: [LockedSkill]

    package init(roots: [String] = [], library: String? = nil, skills: [LockedSkill]) {
        self.roots = roots
        self.library = library
        self.skills = skills.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    package var json: JSONValue {
        [
            "format": "skillweaver-lock-1", "library": JSONValue(library), "roots": JSONValue(roots),
            "skills": .array(skills.map(\.json)),
        ]
    }

    /// Reads a lock file.
    package init(file: String) throws(AuthoringError) {
        guard let json = try JSONFile.read(file) else {
            throw AuthoringError(.missing, "there is no \(file)", advice: "write it with 'skillweaver skills lock'")
        }
        guard json["format"] == "skillweaver-lock-1" else {
            throw AuthoringError(.invalid, "\(file) is no lock file that this version knows")
        }
        var skills: [LockedSkill] = []
        for entry in json["skills"]?.arrayValue ?? [] {
            guard let skill = LockedSkill(json: entry) else {
                throw AuthoringError(
                    .invalid,
                    "\(file) is damaged: the hash of \(entry["path"]?.stringValue ?? "a skill") does not fit its files",
                    advice: "restore it, or write it again with 'skillweaver skills lock'"
                )
            }
            skills.append(skill)
        }
        self.init(
            roots: (json["roots"]?.arrayValue ?? []).compactMap(\.stringValue),
            library: json["library"]?.stringValue,
            skills: skills
        )
    }

    /// Writes it in one step.
    package func write(to file: String) throws(AuthoringError) { try JSONFile.write(json, to: file) }

    // MARK: - Making one

    /// Locks skills that were found on disk.
    ///
    /// - Parameters:
    ///   - base: the folder of the lock file.
    ///   - records: what is known about installed skills, by the folder they were installed into.
    package static func skills(
        _ found: [Skill],
        base: String,
        records: (String) throws(AuthoringError) -> InstallRecords
    ) throws(AuthoringError) -> [LockedSkill] {
        var locked: [LockedSkill] = []
        for skill in found {
            guard let folder = skill.origin.folder else { continue }
            let record = try records(FileSystem.parent(of: folder))[FileSystem.name(of: folder)]
            locked.append(
                LockedSkill(
                    name: skill.name,
                    path: path(of: folder, from: base),
                    source: record?.origin,
                    version: skill.metadata["version"],
                    hash: try FolderHash.of(folder)
                )
            )
        }
        return locked
    }

    /// A folder as a lock file names it.
    package static func path(of folder: String, from base: String) -> String {
        if folder == base { return "." }
        let prefix = base.hasSuffix("/") ? base : base + "/"
        return folder.hasPrefix(prefix) ? String(folder.dropFirst(prefix.count)) : folder
    }
}
