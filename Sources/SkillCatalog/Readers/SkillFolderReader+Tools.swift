extension SkillFolderReader {
    /// The tools that the folder's `schema.json` lists and that can be used; empty where it has none.
    mutating func tools(of skill: Skill) -> [Tool] {
        let path = folder.appending(ToolsFile.fileName)
        guard (try? FileStatus(of: path.text, followingLinks: false)) != nil else { return [] }
        let file: ToolsFile
        do throws(Rejection) {
            try refuseLinkOutside(path)
            file = try ToolsFile(path: path.text)
        } catch {
            diagnostics.append(error.diagnostic)
            return []
        }
        var tools: [Tool] = []
        var names: Set<String> = [skill.name]
        for entry in file.entries {
            report(entry, file: path.text)
            guard let tool = entry.tool else { continue }
            if names.insert(tool.name).inserted {
                tools.append(tool)
            } else {
                refuse(entry, isNamedLikeSkill: tool.name == skill.name, file: path.text)
            }
        }
        warnOfMissingFunctions(tools)
        return tools
    }

    private mutating func report(_ entry: ToolEntry, file: String) {
        let severity: Diagnostic.Severity = entry.tool == nil ? .error : .warning
        for problem in entry.problems {
            diagnostics.append(Diagnostic(severity, .invalidTool, "\(entry.label) \(problem)", file: file))
        }
    }

    private mutating func refuse(_ entry: ToolEntry, isNamedLikeSkill: Bool, file: String) {
        let diagnostic =
            isNamedLikeSkill
            ? Diagnostic(
                .error,
                .toolNamedLikeSkill,
                "\(entry.label) has the name of its skill; it is left out, rename it",
                file: file
            )
            : Diagnostic(
                .error,
                .duplicateTool,
                "\(entry.label) has the name of an earlier tool; it is left out, rename it",
                file: file
            )
        diagnostics.append(diagnostic)
    }

    /// Says which tools the functions in `tools.py` do not cover; silent where there is no such file.
    private mutating func warnOfMissingFunctions(_ tools: [Tool]) {
        let path = folder.appending(PythonFunctions.fileName)
        guard (try? FileStatus(of: path.text, followingLinks: false)) != nil else { return }
        do throws(Rejection) {
            try refuseLinkOutside(path)
            let functions = try PythonFunctions(path: path.text)
            for tool in tools where !functions.names.contains(tool.name) {
                warn(.missingFunction, "there is no function `\(tool.name)` for the tool of that name", file: path.text)
            }
        } catch {
            diagnostics.append(error.diagnostic)
        }
    }
}
