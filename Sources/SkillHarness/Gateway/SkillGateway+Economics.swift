import JSONSchema
package import LanguageModels
import ModelContextProtocol

extension SkillGateway {
    /// The gateway's tools as a client puts them before a model, for counting what they cost.
    package static var chatTools: [ChatTool] {
        GatewayTool.allCases.map { tool in
            let definition = tool.definition
            return ChatTool(
                name: definition.name,
                description: definition.description ?? "",
                parameters: .object(definition.inputSchema)
            )
        }
    }
}
