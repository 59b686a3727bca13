package import JSONSchema
package import ModelContextProtocol
import PlanExecution
import SkillCatalog

/// Turns the result of a server's tool into the value plans work with, and back.
package enum MCPResults {
    /// The value of a result: its data where it has some, else its text, else its content as it is.
    ///
    /// - Throws: `ToolFailure` where the tool says that it failed.
    static func value(of result: CallToolResult, _ call: ToolCall) throws(ToolFailure) -> ToolResult {
        guard !result.isError else { throw MCPFailures.toolError(text(of: result), call) }
        if let data = result.structuredContent {
            // Servers wrap what is no object as {"result": …} and declare it so; it stays as declared.
            return ToolResult(value: data)
        }
        let texts = result.content.compactMap(\.text)
        if texts.count == result.content.count {
            let whole = texts.joined(separator: "\n")
            return ToolResult(value: call.tool.outputSchema == nil ? .string(whole) : parsed(whole))
        }
        return ToolResult(value: ["content": .array(result.content.map(\.json))])
    }

    /// A value as a result of the protocol: data, and the same as text for clients that read only that.
    package static func result(of value: JSONValue, text: String) -> CallToolResult {
        if case .object(let members) = value, members.count == 1, let blocks = members["content"]?.arrayValue {
            let content = blocks.compactMap { try? ContentBlock(json: $0) }
            if !content.isEmpty, content.count == blocks.count { return CallToolResult(content: content) }
        }
        let data: JSONValue = value.objectValue == nil ? ["result": value] : value
        return CallToolResult(content: [.text(text)], structuredContent: data)
    }

    static func text(of result: CallToolResult) -> String {
        result.content.compactMap(\.text).joined(separator: "\n")
    }

    private static func parsed(_ text: String) -> JSONValue { (try? JSONParser.parse(text)) ?? .string(text) }
}

extension ContentBlock {
    /// The words of a text block.
    fileprivate var text: String? {
        if case .text(let content) = self { content.text } else { nil }
    }
}
