/// Checks a skill folder strictly, for its author: the rules of the Agent Skills format and ours for tools.
///
/// Reading is lenient about most of these; a folder without errors here works in every client of the format.
public enum SkillValidator {
    /// Every rule, in the order in which its diagnostics are given.
    static let rules: [any SkillRule.Type] = [
        FrontMatterRequired.self,
        NoDuplicateFields.self,
        KnownFieldsOnly.self,
        NameRequired.self,
        NameLength.self,
        NameLowercase.self,
        NameHyphens.self,
        NameCharacters.self,
        NameMatchesFolder.self,
        DescriptionRequired.self,
        DescriptionLength.self,
        CompatibilityLength.self,
        FieldTypes.self,
        DocumentLength.self,
        ReferencesExist.self,
        ReferencesInside.self,
        ToolsFileIsList.self,
        ToolsWellFormed.self,
        ToolNamePattern.self,
        ToolNamesDiffer.self,
        ToolNotNamedLikeSkill.self,
        ToolDescriptionRequired.self,
        ToolCount.self,
        ToolFunctionExists.self,
    ]

    /// Everything that is wrong with one skill folder; empty where nothing is.
    ///
    /// - Parameter path: The folder, or the `SKILL.md` in it; absolute or relative to the working directory.
    public static func validate(folder path: String) -> [Diagnostic] {
        var folder = FilePath.absolute(path)
        do throws(FileFault) {
            let status = try FileStatus(of: folder.text)
            if status.kind == .regular, SkillFile.names.contains(folder.lastComponent) {
                folder = FilePath(folder.folder)
            } else if status.kind != .folder {
                throw FileFault(.notRegular, path: folder.text, "is \(status.kindName), not a skill folder")
            }
        } catch {
            return [Rejection(error).diagnostic]
        }
        let skill = ValidationSubject(folder: folder)
        return skill.faults + rules.flatMap { $0.check(skill) }
    }

    /// Every skill folder at or below a path, in a stable order, to be validated one by one; and what hinders the search.
    ///
    /// Throws when the path is no folder that can be read; holding no skill is an empty answer.
    public static func skillFolders(
        under path: String
    ) throws(SkillSourceError) -> (folders: [String], diagnostics: [Diagnostic]) {
        var search: SkillFolderSearch
        do throws(FileFault) {
            search = try SkillFolderSearch(root: FilePath.absolute(path))
        } catch {
            throw error.asSourceError
        }
        var folders: [String] = []
        var diagnostics: [Diagnostic] = []
        while let finding = search.next() {
            switch finding {
            case .skill(let folder, _): folders.append(folder.text)
            case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
            }
        }
        return (folders, diagnostics)
    }
}
