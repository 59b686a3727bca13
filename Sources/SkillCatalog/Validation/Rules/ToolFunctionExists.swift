/// `tools.py` defines a function of the name of every tool, at the top level of the file; a skill whose tool is a plan, in
/// `plan.json`, needs none.
struct ToolFunctionExists: SkillRule {
    static let code = DiagnosticCode.missingFunction

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        let path = skill.folder.appending(PythonFunctions.fileName).text
        guard let functions = skill.functions else {
            // A file that is there and could not be read has been reported already.
            guard !skill.namedTools.isEmpty, !skill.faults.contains(where: { $0.file == path }) else { return [] }
            let plan = skill.folder.appending("plan.json").text
            if skill.namedTools.count == 1, (try? FileStatus(of: plan).kind) == .regular { return [] }
            return [Diagnostic(.error, code, "it does not exist, so the tools have no functions", file: path)]
        }
        return skill.namedTools.filter { !functions.names.contains($0.tool.name) }.map { _, tool in
            Diagnostic(.error, code, "it defines no function `\(tool.name)` for the tool of that name", file: path)
        }
    }
}
