import JSONSchema
import PlanExecution
import SkillCatalog

/// Keeps how a tool is called beside the tool: in the metadata of its skill.
///
/// So a library, a shared database and a run's journal hold everything a worker needs, and none of its secrets.
enum HTTPToolRecord {
    private static let prefix = "http-operation "

    static func keep(_ operation: HTTPOperation, of tool: String, in skill: inout Skill) {
        skill.metadata[prefix + tool] = operation.json.serialized()
    }

    static func exists(for tool: Tool, of skill: Skill) -> Bool {
        // What stands in the front matter of a folder's skill is its author's and no record of ours.
        skill.origin.folder == nil && skill.metadata[prefix + tool.name] != nil
    }

    static func operation(of tool: Tool, of skill: Skill) -> HTTPOperation? {
        guard exists(for: tool, of: skill), let text = skill.metadata[prefix + tool.name] else { return nil }
        return (try? JSONParser.parse(text)).flatMap(HTTPOperation.init(json:))
    }
}
