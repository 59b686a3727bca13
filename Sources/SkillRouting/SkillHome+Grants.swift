import JSONSchema
package import PlanExecution
import Storage

extension SkillHome {
    /// What the user allows the tools of skills beyond their workspace.
    ///
    /// - Parameter file: nil for `grants.json` in this folder, which need not be there.
    /// - Throws: `GrantsFileError` for a file that is missing or cannot be understood.
    package func grants(from file: String? = nil) throws(GrantsFileError) -> ToolGrants {
        let path = file.map(FileSystem.absolute) ?? "\(folder)/grants.json"
        guard file != nil || FileSystem.exists(path) else { return ToolGrants() }
        do {
            return try ToolGrants(json: JSONParser.parse(utf8: FileSystem.read(path, limit: 1 << 20)))
        } catch {
            throw GrantsFileError(file: path, reason: "\(error)")
        }
    }
}

/// Why what the user allows cannot be read.
package struct GrantsFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let reason: String

    package var description: String { "\(file): \(reason)" }
}
