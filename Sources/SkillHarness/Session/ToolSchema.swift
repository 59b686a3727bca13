import JSONSchema
import LanguageModels
import SkillCatalog

/// How a tool is put before a model.
enum ToolSchema {
    /// A tool under the name it has in the conversation; one without a schema takes any object.
    static func chatTool(_ tool: Tool, name: String) -> ChatTool {
        ChatTool(name: name, description: tool.description, parameters: tool.inputSchema ?? ["type": "object"])
    }
}
