/// A skill folder taken apart: what rules look at.
struct ValidationSubject {
    let folder: FilePath
    /// `SKILL.md`; nil where it cannot be read.
    let document: SkillFile?
    /// `schema.json`; nil where there is none or it cannot be read.
    let tools: ToolsFile?
    /// `tools.py`; nil where there is none or it cannot be read.
    let functions: PythonFunctions?
    /// Why a part is nil that should not be.
    let faults: [Diagnostic]

    /// The front matter, where it could be read.
    var header: SkillHeader? { document?.header }

    /// The name in the front matter without white space at its ends; nil where it has none.
    var name: String? {
        guard let name = header?["name"]?.value.text?.trimmed, !name.isEmpty else { return nil }
        return name
    }

    /// The tools that have a name, each with its entry.
    var namedTools: [(entry: ToolEntry, tool: Tool)] {
        (tools?.entries ?? []).compactMap { entry in entry.tool.map { (entry, $0) } }
    }

    /// Takes a folder apart. Follows no link out of it.
    init(folder: FilePath) {
        self.folder = folder
        var parts = PartReader(folder: folder)
        let documentName = SkillFile.names.first(where: parts.has) ?? SkillFile.names[0]
        document = parts.read(documentName, isRequired: true) { path throws(Rejection) in try SkillFile(path: path) }
        tools = parts.read(ToolsFile.fileName) { path throws(Rejection) in try ToolsFile(path: path) }
        functions = parts.read(PythonFunctions.fileName) { path throws(Rejection) in try PythonFunctions(path: path) }
        faults = parts.faults
    }
}

/// Reads the files of one folder and keeps what went wrong.
private struct PartReader {
    let folder: FilePath
    var faults: [Diagnostic] = []

    init(folder: FilePath) { self.folder = folder }

    func has(_ name: String) -> Bool {
        (try? FileStatus(of: folder.appending(name).text, followingLinks: false)) != nil
    }

    mutating func read<Part>(
        _ name: String,
        isRequired: Bool = false,
        _ parse: (String) throws(Rejection) -> Part
    ) -> Part? {
        guard isRequired || has(name) else { return nil }
        let path = folder.appending(name)
        do throws(Rejection) {
            let resolved = try Rejection.onFault { () throws(FileFault) in (try path.resolved(), try folder.resolved())
            }
            guard resolved.0.isInside(resolved.1) else {
                throw Rejection(.linkOutside, "it is a link that leads out of the skill's folder", file: path.text)
            }
            return try parse(path.text)
        } catch {
            faults.append(error.diagnostic)
            return nil
        }
    }
}
