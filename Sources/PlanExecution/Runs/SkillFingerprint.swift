package import SkillCatalog
import Storage

/// By what a change of a skill's files is noticed between the beginning of a run and its resumption.
package enum SkillFingerprint {
    private static let mostFiles = 500
    private static let mostBytes = 32 << 20

    /// A hash over what the skill executes; nil for a skill without a folder.
    ///
    /// Files are compared by path and content. Folders of byte code and of tests do not count, hidden ones neither.
    package static func of(_ skill: Skill) -> String? {
        guard let folder = skill.origin.folder, FileSystem.exists(folder) else { return nil }
        var files: [String] = []
        collect(folder, "", depth: 0, into: &files)
        var content: [UInt8] = []
        for file in files {
            let bytes = (try? FileSystem.read("\(folder)/\(file)", limit: mostBytes)) ?? []
            content += Array(file.utf8) + [0] + ContentHash(of: bytes).bytes
        }
        return ContentHash(of: content).hexadecimal
    }

    private static func collect(_ root: String, _ path: String, depth: Int, into files: inout [String]) {
        guard depth < 8 else { return }
        for name in FileSystem.contents(of: path.isEmpty ? root : "\(root)/\(path)") where files.count < mostFiles {
            guard !name.hasPrefix("."), name != "__pycache__", name != "tests" else { continue }
            let inner = path.isEmpty ? name : "\(path)/\(name)"
            if FileSystem.isFolder("\(root)/\(inner)") {
                collect(root, inner, depth: depth + 1, into: &files)
            } else {
                files.append(inner)
            }
        }
    }
}
