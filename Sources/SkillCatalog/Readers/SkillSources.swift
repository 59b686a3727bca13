/// Opens whatever a path names as a source of skills.
public enum SkillSources {
    /// What paths are understood, for messages and help.
    public static let accepted = "a folder with SKILL.md files, a .jsonl or .ndjson file, or a Markdown list (.md)"

    /// The source at a path, by what is there and by its extension.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file or the folder's name unless given.
    ///   - formats: of files that other modules read.
    /// - Throws: When nothing is there, it cannot be read, or its format is not known. What is inside is not looked at.
    public static func source(
        at path: String,
        name: String? = nil,
        formats: [any SkillFileFormat] = []
    ) throws(SkillSourceError) -> any SkillSource {
        if SourceAddress.isOne(path) {
            if let format = formats.first(where: \.readsAddresses) { return try format.source(at: path, name: name) }
            throw SkillSourceError(.unknownFormat, location: path, "is an address; give \(accepted(with: formats))")
        }
        let location = FilePath.absolute(path)
        let status: FileStatus
        do throws(FileFault) { status = try FileStatus(of: location.text) } catch { throw error.asSourceError }
        switch status.kind {
        case .folder: return AgentSkillsFolder(path: path, name: name)
        case .link, .other:
            throw SkillSourceError(
                .unreadable,
                location: location.text,
                "is \(status.kindName); give \(accepted(with: formats))"
            )
        case .regular: break
        }
        let source: any SkillSource =
            switch location.fileExtension {
            case "jsonl", "ndjson": JSONLinesFile(path: path, name: name)
            case "md", "markdown": MarkdownList(path: path, name: name)
            case let word:
                if let format = formats.first(where: { $0.fileExtensions.contains(word) }) {
                    try format.source(at: location.text, name: name)
                } else {
                    throw SkillSourceError(.unknownFormat, location: location.text, unknownFormat(location, formats))
                }
            }
        do throws(FileFault) { _ = try RegularFile.open(location.text) } catch { throw error.asSourceError }
        guard status.size > 0 else { throw SkillSourceError(.empty, location: location.text, "is empty") }
        return source
    }

    private static func accepted(with formats: [any SkillFileFormat]) -> String {
        ([accepted] + formats.map(\.accepted)).joined(separator: ", or ")
    }

    private static func unknownFormat(_ location: FilePath, _ formats: [any SkillFileFormat]) -> String {
        let kind = location.fileExtension.isEmpty ? "has no extension" : "has the extension .\(location.fileExtension)"
        return "\(kind), which is not known; give \(accepted(with: formats))"
    }

    /// The short name of a source: the one that was asked for, or one from its path.
    package static func name(_ given: String?, or derived: String) -> String {
        let name = CleanedText.label(given ?? derived)
        return name.isEmpty ? "skills" : name
    }
}
