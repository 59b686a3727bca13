import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    private static let preferences = ModelPreferences(
        hints: [ModelHint(name: "small"), ModelHint()],
        costPriority: 0,
        speedPriority: 0.5,
        intelligencePriority: 1
    )

    static let question: CreateMessageParams = {
        var params = CreateMessageParams(
            messages: [SamplingMessage(role: .user, content: [.text("Why?")])],
            maxTokens: 9
        )
        params.modelPreferences = preferences
        params.systemPrompt = "Be short."
        params.includeContext = CreateMessageParams.IncludedContext.none
        params.temperature = 0.2
        params.stopSequences = ["."]
        params.metadata = ["purpose": "test"]
        params.tools = [tool]
        params.toolChoice = ToolChoice(mode: .required)
        return params
    }()

    private static let use = ToolUseContent(id: "1", name: "search", input: ["query": "a"])
    private static let used = ToolResultContent(
        toolUseID: "1",
        result: CallToolResult(content: [.text("b")], structuredContent: ["found": 1], isError: true)
    )

    static let sampling: [BuiltValue] = [
        BuiltValue("CreateMessageRequestParams", question),
        BuiltValue("CreateMessageRequestParams", CreateMessageParams(messages: [], maxTokens: 1)),
        BuiltValue("CreateMessageRequest", in: [.modern], CreateMessageRequest(question)),
        BuiltValue("ModelPreferences", preferences),
        BuiltValue("ModelPreferences", ModelPreferences()),
        BuiltValue("ModelHint", ModelHint(name: "small")),
        BuiltValue("ToolChoice", ToolChoice(mode: .auto)),
        BuiltValue("ToolUseContent", use),
        BuiltValue("ToolResultContent", used),
        BuiltValue("SamplingMessage", SamplingMessage(role: .assistant, content: [.toolUse(use), .text("Wait.")])),
        BuiltValue("SamplingMessage", SamplingMessage(role: .user, content: [.toolResult(used)])),
        BuiltValue("SamplingMessage", SamplingMessage(role: .user, content: [])),
        BuiltValue(
            "SamplingMessage",
            SamplingMessage(
                role: .user,
                content: [
                    .image(ImageContent(data: "AAEC", mimeType: "image/png")),
                    .audio(AudioContent(data: "AAEC", mimeType: "audio/wav")),
                ]
            )
        ),
        BuiltValue(
            "CreateMessageResult",
            CreateMessageResult(role: .assistant, content: [.text("Because.")], model: "small", stopReason: "endTurn")
        ),
        BuiltValue(
            "CreateMessageResult",
            CreateMessageResult(role: .assistant, content: [.toolUse(use), .toolUse(use)], model: "small")
        ),
    ]
}
