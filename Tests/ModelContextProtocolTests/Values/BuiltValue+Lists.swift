import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let hints = ToolAnnotations(
        title: "Search",
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false
    )

    static let argument = PromptArgument(name: "change", title: "Change", description: "Which.", required: true)

    static let tool: Tool = {
        var tool = Tool(
            name: "search",
            title: "Search",
            description: "Finds things.",
            inputSchema: [
                "type": "object", "properties": ["query": ["type": "string"]], "required": ["query"],
            ],
            outputSchema: ["type": "object"],
            annotations: hints
        )
        tool.icons = [icon]
        return tool
    }()

    static let prompt = Prompt(
        name: "review",
        title: "Review",
        description: "Reviews a change.",
        arguments: [argument, PromptArgument(name: "style")]
    )

    static let template = ResourceTemplate(
        uriTemplate: "file:///{path}",
        name: "file",
        title: "File",
        description: "Any file.",
        mimeType: "text/plain",
        annotations: annotations
    )

    static let lists: [BuiltValue] = [
        BuiltValue("Tool", tool),
        BuiltValue("Tool", Tool(name: "none", inputSchema: ["type": "object"])),
        BuiltValue("ToolAnnotations", ToolAnnotations()),
        BuiltValue("ToolAnnotations", hints),
        BuiltValue("Prompt", prompt),
        BuiltValue("PromptArgument", argument),
        BuiltValue("Resource", resource),
        BuiltValue("Resource", Resource(uri: "skill://a", name: "a")),
        BuiltValue("ResourceTemplate", template),
        BuiltValue("ListToolsResult", ToolsPage([tool], nextCursor: "2", cache: cache)),
        BuiltValue("ListToolsResult", ToolsPage([], cache: cache)),
        BuiltValue("ListToolsResult", in: [.legacy], ToolsPage([tool])),
        BuiltValue("ListPromptsResult", PromptsPage([prompt], nextCursor: "2", cache: cache)),
        BuiltValue("ListResourcesResult", ResourcesPage([resource], nextCursor: "2", cache: cache)),
        BuiltValue("ListResourceTemplatesResult", ResourceTemplatesPage([template], nextCursor: "2", cache: cache)),
        BuiltValue("PaginatedRequestParams", ListParams(cursor: "2")),
        BuiltValue("PaginatedRequestParams", ListParams()),
        BuiltValue("ReadResourceResult", ReadResourceResult([text, blob], cache: cache)),
        BuiltValue("Root", Root(uri: "file:///home", name: "Home")),
        BuiltValue("ListRootsResult", ListRootsResult([Root(uri: "file:///home")])),
    ]
}
