/// Opens whatever a path names as a source of skills.
public enum SkillSources {
    /// What paths are understood, for messages and help.
    public static let accepted = "a folder with SKILL.md files, a .jsonl or .ndjson file, or a Markdown list (.md)"

    /// The source at a path, by what is there and by its extension.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file or the folder's name unless given.
    /// - Throws: When nothing is there, it cannot be read, or its format is not known. What is inside is not looked at.
    public static func source(at path: String, name: String? = nil) throws(SkillSourceError) -> any SkillSource {
        let location = FilePath.absolute(path)
        let status: FileStatus
        do throws(FileFault) { status = try FileStatus(of: location.text) } catch { throw error.asSourceError }
        switch status.kind {
        case .folder: return AgentSkillsFolder(path: path, name: name)
        case .link, .other:
            throw SkillSourceError(
                .unreadable,
                location: location.text,
                "is \(status.kindName); give \(accepted)"
            )
        case .regular: break
        }
        let source: any SkillSource =
            switch location.fileExtension {
            case "jsonl", "ndjson": JSONLinesFile(path: path, name: name)
            case "md", "markdown": MarkdownList(path: path, name: name)
            default:
                throw SkillSourceError(.unknownFormat, location: location.text, unknownFormat(location))
            }
        do throws(FileFault) { _ = try RegularFile.open(location.text) } catch { throw error.asSourceError }
        guard status.size > 0 else { throw SkillSourceError(.empty, location: location.text, "is empty") }
        return source
    }

    private static func unknownFormat(_ location: FilePath) -> String {
        let kind = location.fileExtension.isEmpty ? "has no extension" : "has the extension .\(location.fileExtension)"
        return "\(kind), which is not known; give \(accepted)"
    }

    /// The short name of a source: the one that was asked for, or one from its path.
    static func name(_ given: String?, or derived: String) -> String {
        let name = CleanedText.label(given ?? derived)
        return name.isEmpty ? "skills" : name
    }
}
