import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import Storage

/// `skillweaver skills pack PATH`
struct SkillsPackCommand: CommandDefinition {
    let name = "pack"
    let summary = "Put a skill into an archive to hand on; the same content gives the same bytes."
    let discussion = """
        Hidden files, caches and links that lead out of the skill are left out. The name of the archive says its format: \
        .zip and .skill, or .tar.gz and .tgz. A skill that breaks a rule of the format is not packed.
        """
    let examples = [CommandExample("Pack a skill", "skillweaver skills pack ./pdf-forms --out pdf-forms.skill")]

    let path = Argument<String>("PATH", as: .folder, "The skill's folder.")
    let out = Option<String?>(
        "out",
        value: "FILE",
        as: .file,
        "The archive to write. Default: the skill's name with .skill."
    )

    var parameters: [any ParameterDeclaration] { [path, out] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let contents = try FolderContents.read(values[path], covering: .distributable)
        let skillName = FileSystem.name(of: contents.folder)
        let file = FileSystem.absolute(values[out] ?? "\(skillName).skill")
        guard let format = ArchiveFormat(fileName: file) else {
            throw CommandError.usage("'\(file)' has no ending that says a format; use .skill, .zip, .tar.gz or .tgz")
        }
        if let fault = SkillValidator.validate(folder: contents.folder).first(where: { $0.severity == .error }) {
            throw CommandError(
                "skill-invalid",
                "\(skillName) is not a valid skill: \(fault.message)",
                hint: "'skillweaver skills validate \(values[path])' says everything that is wrong"
            )
        }
        let bytes = try await SkillArchive().pack(contents, as: skillName, format: format)
        try SkillArchive.write(bytes, to: file)
        for remark in contents.remarks { context.console.warn(remark) }
        let digest = "sha256:" + ContentHash(of: bytes).hexadecimal
        if context.wantsJSON {
            try context.console.writeJSON([
                "archive": .string(file), "bytes": JSONValue(bytes.count), "hash": .string(digest),
                "files": JSONValue(contents.entries.map(\.path.text)), "remarks": JSONValue(contents.remarks),
            ])
        } else {
            try context.console.writeLine(file.printable)
            context.console.note("\(contents.entries.count) files, \(bytes.count) bytes, \(digest)")
        }
        return .done
    }
}
