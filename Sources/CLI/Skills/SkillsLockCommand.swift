import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRouting
import Storage

/// `skillweaver skills lock`
struct SkillsLockCommand: CommandDefinition {
    let name = "lock"
    let summary = "Write down what exactly the skills hold, to be verified later."
    let discussion = """
        The lock file names each skill with its source, its version, a hash of all its files and one of each file. A skill's \
        hash is the SHA-256 of the line 'skillweaver-content-1' and of one line a file, sorted by the bytes of the paths: '-' \
        (a file), 'x' (one its owner may execute) or 'l' (a symbolic link), a space, the SHA-256 of its bytes, two spaces, \
        its path. Hidden files and caches count too, because they can change what a skill does.
        """
    let examples = [
        CommandExample("Lock the skills of a folder", "skillweaver skills lock ./skills"),
        CommandExample("Say what has changed since", "skillweaver skills verify"),
    ]

    let paths = Argument<[String]>("PATH", as: .folder, atLeast: 0, "Folders with skills. Default: this folder.")
    let library = Option<String?>("library", short: "l", value: "NAME", "Lock the skills of a library instead.")
    let file = LockOptions.file

    var parameters: [any ParameterDeclaration] { [paths, library, file] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let target = FileSystem.absolute(values[file])
        let base = SkillFolders.absolute(FileSystem.parent(of: target))
        guard values[library] == nil || values[paths].isEmpty else {
            throw CommandError.usage("give folders or --library, not both")
        }
        let roots = values[library] != nil ? [] : values[paths].isEmpty ? ["."] : values[paths]
        let scope = LockScope(
            roots: roots.map { SkillLock.path(of: SkillFolders.absolute($0), from: base) },
            library: values[library]
        )
        let skills = try await scope.skills(base: base, values: values, in: context)
        let lock = SkillLock(roots: scope.roots, library: scope.library, skills: skills)
        try lock.write(to: target)
        if context.wantsJSON {
            try context.console.writeJSON(["file": .string(target), "skills": JSONValue(lock.skills.count)])
        } else {
            try context.console.writeLine(target.printable)
            context.console.note(lock.skills.count == 1 ? "1 skill" : "\(lock.skills.count) skills")
        }
        return .done
    }
}

/// `skillweaver skills verify`
struct SkillsVerifyCommand: CommandDefinition {
    let name = "verify"
    let summary = "Compare the skills with a lock file."
    let discussion = "Exits with 1 when a skill has changed, is new or is missing."

    var parameters: [any ParameterDeclaration] { [LockOptions.file] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let file = FileSystem.absolute(values[LockOptions.file])
        let lock = try SkillLock(file: file)
        let scope = LockScope(roots: lock.roots, library: lock.library)
        let present = try await scope.skills(
            base: SkillFolders.absolute(FileSystem.parent(of: file)),
            values: values,
            in: context
        )
        let comparison = LockComparison(locked: lock.skills, present: present)
        if context.wantsJSON {
            try context.console.writeJSON(comparison.json)
            return comparison.isEqual ? .done : .failed
        }
        for change in comparison.changed {
            try context.console.writeLine("changed \(change.path)".printable)
            let files =
                change.changedFiles.map { "  ~ \($0)" } + change.addedFiles.map { "  + \($0)" }
                + change.missingFiles.map { "  - \($0)" }
            for line in files.prefix(20) { try context.console.writeLine(line.printable) }
            if files.count > 20 { try context.console.writeLine("  and \(files.count - 20) more") }
        }
        for path in comparison.added { try context.console.writeLine("added   \(path)".printable) }
        for path in comparison.missing { try context.console.writeLine("missing \(path)".printable) }
        let total = lock.skills.count == 1 ? "1 skill" : "\(lock.skills.count) skills"
        try context.console.writeLine(
            comparison.isEqual
                ? "as locked: \(total)"
                : "as locked: \(comparison.unchanged) of \(total)"
        )
        return comparison.isEqual ? .done : .failed
    }
}

enum LockOptions {
    static let file = Option<String>(
        "file",
        value: "FILE",
        as: .file,
        default: SkillLock.fileName,
        "The lock file."
    )
}

/// Which skills a lock file is about.
private struct LockScope {
    var roots: [String]
    var library: String?

    func skills(base: String, values: ParsedValues, in context: CommandContext) async throws -> [LockedSkill] {
        var found: [Skill] = []
        if let library {
            let catalog = try await RouterResources.catalog(.named(library), options: context.routerOptions(values))
            for overview in try await catalog.overview() {
                if let skill = try await catalog.skill(overview.id), skill.origin.folder != nil { found.append(skill) }
            }
        } else {
            for root in roots {
                let path = root.hasPrefix("/") ? root : root == "." ? base : "\(base)/\(root)"
                found += try await SkillFolders.skills(in: path)
            }
        }
        var records: [String: InstallRecords] = [:]
        return try SkillLock.skills(found, base: base) { folder throws(AuthoringError) in
            if let known = records[folder] { return known }
            let read = try InstallRecords(folder: folder)
            records[folder] = read
            return read
        }
    }
}
