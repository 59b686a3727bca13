package import JSONSchema

/// One piece of a conversation with a model.
package enum SamplingContent: MessageValue {
    case text(TextContent)
    case image(ImageContent)
    case audio(AudioContent)
    case toolUse(ToolUseContent)
    case toolResult(ToolResultContent)
    /// A kind that is not known here, passed on as it is.
    case other(JSONObject)

    package static func text(_ text: String) -> SamplingContent { .text(TextContent(text)) }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a block of content")
        self =
            switch try members.string("type") {
            case TextContent.type: .text(try TextContent(json: json))
            case ImageContent.type: .image(try ImageContent(json: json))
            case AudioContent.type: .audio(try AudioContent(json: json))
            case ToolUseContent.type: .toolUse(try ToolUseContent(json: json))
            case ToolResultContent.type: .toolResult(try ToolResultContent(json: json))
            default: .other(json.objectValue ?? JSONObject())
            }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text): text.json
        case .image(let image): image.json
        case .audio(let audio): audio.json
        case .toolUse(let use): use.json
        case .toolResult(let result): result.json
        case .other(let object): .object(object)
        }
    }
}
