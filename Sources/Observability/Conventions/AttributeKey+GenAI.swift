// Names of the semantic conventions for generative AI.
extension AttributeKey {
    package static let operationName: AttributeKey = "gen_ai.operation.name"
    package static let providerName: AttributeKey = "gen_ai.provider.name"
    package static let requestModel: AttributeKey = "gen_ai.request.model"
    package static let requestTemperature: AttributeKey = "gen_ai.request.temperature"
    package static let requestTopP: AttributeKey = "gen_ai.request.top_p"
    package static let requestMaximumTokens: AttributeKey = "gen_ai.request.max_tokens"
    package static let requestSeed: AttributeKey = "gen_ai.request.seed"
    package static let responseModel: AttributeKey = "gen_ai.response.model"
    package static let finishReasons: AttributeKey = "gen_ai.response.finish_reasons"
    package static let inputTokens: AttributeKey = "gen_ai.usage.input_tokens"
    package static let outputTokens: AttributeKey = "gen_ai.usage.output_tokens"
    package static let tokenType: AttributeKey = "gen_ai.token.type"
    package static let toolName: AttributeKey = "gen_ai.tool.name"
    package static let toolType: AttributeKey = "gen_ai.tool.type"
    package static let workflowName: AttributeKey = "gen_ai.workflow.name"
    package static let embeddingDimensions: AttributeKey = "gen_ai.embeddings.dimension.count"
}
