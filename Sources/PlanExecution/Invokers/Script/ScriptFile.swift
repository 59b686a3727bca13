import Glibc
import SkillCatalog
import Storage

/// The executable a skill has for one of its tools: `scripts/<tool>`, with or without an extension.
struct ScriptFile: Sendable, Hashable {
    /// Absolute path, links followed.
    let path: String
    /// The words before the script's path, where it cannot be executed by itself.
    let interpreter: [String]

    private static let interpreters = ["py": ["python3", "-I", "-B"], "sh": ["sh"], "bash": ["bash"]]

    /// The script of a tool; nil where the skill has none, or where `tools.py` defines a function of that name.
    init?(_ tool: Tool, of skill: Skill) {
        guard let folder = skill.origin.folder.flatMap(RealPath.of), !tool.name.contains("/"), !tool.name.isEmpty else {
            return nil
        }
        let scripts = "\(folder)/scripts"
        let names = [tool.name, tool.name.replacing("_", with: "-"), tool.name.replacing("-", with: "_")]
        let candidates = FileSystem.contents(of: scripts).filter { file in
            let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
            return names.contains(file) || names.contains(stem)
        }
        for file in candidates {
            // A link that leads out of the skill is no script of the skill.
            guard let path = RealPath.of("\(scripts)/\(file)"), path.hasPrefix(folder + "/"), Self.isFile(path) else {
                continue
            }
            let ending = file.lastIndex(of: ".").map { String(file[file.index(after: $0)...]) } ?? ""
            guard access(path, X_OK) == 0 || Self.interpreters[ending] != nil else { continue }
            guard !Self.hasFunction(tool.name, in: "\(folder)/tools.py") else { return nil }
            self.path = path
            interpreter = access(path, X_OK) == 0 ? [] : Self.interpreters[ending] ?? []
            return
        }
        return nil
    }

    private static func isFile(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }

    private static func hasFunction(_ name: String, in file: String) -> Bool {
        guard let source = try? FileSystem.read(file, limit: 4 << 20) else { return false }
        return String(decoding: source, as: UTF8.self).split(separator: "\n").contains { line in
            line.hasPrefix("def \(name)(") || line.hasPrefix("async def \(name)(")
        }
    }
}
