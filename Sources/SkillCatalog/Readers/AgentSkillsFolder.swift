/// A folder that is one skill, or holds many.
///
/// A skill is a folder with a `SKILL.md`: with YAML front matter in the Agent Skills format, or in the plain form whose
/// first heading is the description and whose folder gives the name. A `schema.json` beside it lists the skill's tools,
/// and a `tools.py` has one function for each. Subfolders are searched; hidden ones, `node_modules` and links that lead
/// out of the folder are not.
///
/// Files are read on the calling task, one skill at a time.
public struct AgentSkillsFolder: SkillSource {
    public let name: String
    public let location: String
    let limits: SkillFolderSearch.Limits

    /// - Parameters:
    ///   - path: The folder, absolute or relative to the working directory.
    ///   - name: Short name of the source; the folder's name unless given.
    public init(path: String, name: String? = nil) {
        self.init(path: path, name: name, limits: SkillFolderSearch.Limits())
    }

    init(path: String, name: String?, limits: SkillFolderSearch.Limits) {
        let folder = FilePath.absolute(path)
        location = folder.text
        self.name = SkillSources.name(name, or: folder.lastComponent)
        self.limits = limits
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        let root = FilePath(location)
        let resolvedRoot: FilePath
        var search: SkillFolderSearch
        do throws(FileFault) {
            guard try FileStatus(of: location).kind == .folder else {
                throw FileFault(.notRegular, path: location, "is not a folder")
            }
            resolvedRoot = try root.resolved()
            search = try SkillFolderSearch(root: root, limits: limits)
        } catch {
            throw error.asSourceError
        }
        var hasSkillFile = false
        while let finding = search.next() {
            try Task.checkCancellation()
            switch finding {
            case .diagnostic(let diagnostic): try await receive(.diagnostic(diagnostic))
            case .skill(let folder, let file):
                hasSkillFile = true
                var reader = SkillFolderReader(folder: folder, source: name, resolvedRoot: resolvedRoot)
                for record in reader.records(file: file) { try await receive(record) }
            }
        }
        guard hasSkillFile else {
            throw SkillSourceError(
                .empty,
                location: location,
                "holds no SKILL.md; a skill is a folder with that file (hidden folders are not searched)"
            )
        }
    }
}
