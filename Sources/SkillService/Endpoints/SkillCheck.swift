import HTTPTransport
import JSONSchema
import ModelContextProtocol
import SkillCatalog
import Storage

/// Checks the files of a skill that a caller sends.
enum SkillCheck {
    static func reply(_ call: ServiceCall) async throws -> ServiceReply {
        var files: [(path: [String], text: String)] = []
        for (path, text) in call.input["files"]?.objectValue ?? [:] {
            files.append((try parts(of: path), text.stringValue ?? ""))
        }
        let name = call.text("name") ?? "skill"
        guard try parts(of: name).count == 1 else { throw ServiceProblem.badInput("'name' is one folder's name") }
        let folder = try FileSystem.makeTemporaryFolder(named: "skillweaver-check")
        defer { FileSystem.removeFolder(folder) }
        let skill = "\(folder)/\(name)"
        try FileSystem.createFolder(skill)
        for file in files {
            let parent = ([skill] + file.path.dropLast()).joined(separator: "/")
            try FileSystem.createFolder(parent)
            try FileSystem.write(Array(file.text.utf8), to: "\(parent)/\(file.path.last ?? "")")
        }
        let diagnostics = SkillValidator.validate(folder: skill)
        return .json([
            "valid": .bool(!diagnostics.contains { $0.severity == .error }),
            "diagnostics": .array(diagnostics.map { json($0, in: skill) }),
        ])
    }

    /// The parts of a relative path that stays where it is.
    private static func parts(of path: String) throws(ServiceProblem) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 200
                && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
        }
        guard isPlain, parts.count <= 8 else {
            throw .badInput("'\(Excerpt.of(path))' is no relative path inside a skill")
        }
        return parts
    }

    /// Without the place where the files were put for a moment.
    private static func json(_ diagnostic: Diagnostic, in folder: String) -> JSONValue {
        var members: JSONObject = [
            "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code),
            "message": .string(diagnostic.message.replacing(folder + "/", with: "").replacing(folder, with: ".")),
        ]
        members["file"] = diagnostic.file.map { .string($0.replacing(folder + "/", with: "")) }
        members["line"] = diagnostic.line.map { JSONValue($0) }
        return .object(members)
    }
}
