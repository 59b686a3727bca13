import JSONSchema
package import PlanExecution
import Storage

extension SkillHome {
    /// What the user allows the tools of skills beyond their workspace; nothing where `grants.json` does not exist.
    package func grants() throws -> ToolGrants {
        let path = "\(folder)/grants.json"
        guard FileSystem.exists(path) else { return ToolGrants() }
        return try ToolGrants(json: JSONParser.parse(utf8: FileSystem.read(path, limit: 1 << 20)))
    }
}
