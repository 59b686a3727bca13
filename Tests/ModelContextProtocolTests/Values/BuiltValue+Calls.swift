import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let calls: [BuiltValue] = [
        BuiltValue("CallToolRequestParams", CallToolParams(name: "search", arguments: ["query": "a"])),
        BuiltValue(
            "CallToolRequestParams",
            CallToolParams(name: "search", inputResponses: responses, requestState: "sealed")
        ),
        BuiltValue(
            "CallToolResult",
            CallToolResult(content: blocks, structuredContent: ["found": 2], isError: true)
        ),
        BuiltValue("CallToolResult", CallToolResult(content: [])),
        BuiltValue("CallToolResult", in: [.modern], CallToolResult(content: [.text("[1]")], structuredContent: [1])),
        BuiltValue(
            "GetPromptRequestParams",
            GetPromptParams(
                name: "review",
                arguments: ["change": "1"],
                inputResponses: responses,
                requestState: "sealed"
            )
        ),
        BuiltValue(
            "GetPromptResult",
            GetPromptResult(
                description: "A review.",
                messages: blocks.map { PromptMessage(role: .user, content: $0) }
            )
        ),
        BuiltValue("PromptMessage", PromptMessage(role: .assistant, content: .text("Yes."))),
        BuiltValue(
            "ReadResourceRequestParams",
            ReadResourceParams(uri: "skill://a", inputResponses: responses, requestState: "sealed")
        ),
        BuiltValue(
            "CompleteRequestParams",
            CompleteParams(
                reference: .prompt(name: "review"),
                argument: CompletionArgument(name: "style", value: "k"),
                context: CompletionContext(arguments: ["change": "1"])
            )
        ),
        BuiltValue(
            "CompleteRequestParams",
            CompleteParams(
                reference: .resource(uri: "file:///{path}"),
                argument: CompletionArgument(name: "path", value: "")
            )
        ),
        BuiltValue("CompleteResult", CompleteResult(Completion(firstOf: ["kind", "keen"]))),
        BuiltValue("CompleteResult", CompleteResult(Completion(firstOf: (0..<250).map { "\($0)" }))),
    ]
}
