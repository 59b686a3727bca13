import CommandLineInterface
import JSONSchema
import SkillAuthoring
import SkillCatalog
import SkillRouting
import SkillWeaver

/// `skillweaver skills install SOURCE`
struct SkillsInstallCommand: CommandDefinition {
    let name = "install"
    let summary = "Install a skill from a folder, an archive or a Git repository."
    let discussion = """
        SOURCE is a folder, a .zip, .skill, .tar.gz or .tgz file, or the address of a Git repository: https://…, ssh://…, \
        user@host:path or file://…, with #REVISION for a branch, a tag or a commit. Nothing of the source is run. Archives \
        with links, devices, names that lead out, or more than 10,000 files, 256 MiB or a hundred times their own size are \
        refused as a whole.

        The skill is checked before it is put in place in one step. The network is used for addresses, and for the packages \
        of --with-dependencies. 'skillweaver skills check' says what else a skill needs.
        """
    let examples = [
        CommandExample("Install an archive", "skillweaver skills install pdf-forms.skill"),
        CommandExample(
            "Install one skill of a repository, at a tag",
            "skillweaver skills install https://example.org/skills.git#v1.2 --name pdf-forms"
        ),
    ]

    let source = Argument<String>("SOURCE", as: .nonBlank, "Folder, archive or address of a repository.")
    let skillName = Option<String?>(
        "name",
        value: "NAME",
        as: .nonBlank,
        "Which skill of a source that holds several; else, what its folder is to be called."
    )
    let replace = Flag("replace", "Replace a skill of that name.")
    let dependencies = Flag("with-dependencies", "Also make its private Python environment, with the network.")
    let strict = Flag("strict", "Refuse a skill that breaks a rule of the format, even if it can be used.")

    var parameters: [any ParameterDeclaration] {
        [source, InstallOptions.into, skillName, replace, dependencies, strict]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let installer = try context.installer(values)
        let outcome = try await installer.install(
            try InstallSource(values[source]),
            named: values[skillName],
            policy: .init(replaces: values[replace], isStrict: values[strict])
        )
        let interpreter =
            values[dependencies] ? try await context.prepare(outcome.skill, in: outcome.folder, values) : nil
        for remark in outcome.remarks { context.console.warn(remark) }
        context.console.show(outcome.diagnostics, of: outcome.diagnostics.count)
        if context.wantsJSON {
            try context.console.writeJSON([
                "name": .string(outcome.skill.name), "folder": .string(outcome.folder),
                "source": .string(outcome.record.source), "revision": JSONValue(outcome.record.revision),
                "hash": .string(outcome.record.hash), "replaced": .bool(outcome.hasReplaced),
                "tools": JSONValue(outcome.skill.tools.count), "interpreter": JSONValue(interpreter),
                "diagnostics": .array(outcome.diagnostics.map(\.json)), "remarks": JSONValue(outcome.remarks),
            ])
        } else {
            try context.console.writeLine(outcome.folder.printable)
            context.console.note("'skillweaver index \(installer.destination) --library mine' makes it findable")
        }
        return .done
    }
}

/// Options of what installs and removes.
enum InstallOptions {
    static let into = Option<String?>(
        "into",
        value: "DIR",
        as: .folder,
        "The folder of installed skills. Default: the folder 'skills' of the program's home."
    )
}

extension CommandContext {
    /// The installer for the folder that the user named, or for the program's own.
    func installer(_ values: ParsedValues) throws -> SkillInstaller {
        let destination = try values[InstallOptions.into] ?? "\(routerOptions(values).home.folder)/skills"
        return SkillInstaller(destination: destination, environment: { environment[$0] })
    }
}
