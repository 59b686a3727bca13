package import JSONSchema

/// One piece of what a tool or a prompt gives.
package enum ContentBlock: MessageValue {
    case text(TextContent)
    case image(ImageContent)
    case audio(AudioContent)
    case resourceLink(ResourceLink)
    case resource(EmbeddedResource)
    /// A kind that is not known here, passed on as it is.
    case other(JSONObject)

    package static func text(_ text: String) -> ContentBlock { .text(TextContent(text)) }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a block of content")
        self =
            switch try members.string("type") {
            case TextContent.type: .text(try TextContent(json: json))
            case ImageContent.type: .image(try ImageContent(json: json))
            case AudioContent.type: .audio(try AudioContent(json: json))
            case ResourceLink.type: .resourceLink(try ResourceLink(json: json))
            case EmbeddedResource.type: .resource(try EmbeddedResource(json: json))
            default: .other(json.objectValue ?? JSONObject())
            }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text): text.json
        case .image(let image): image.json
        case .audio(let audio): audio.json
        case .resourceLink(let link): link.json
        case .resource(let resource): resource.json
        case .other(let object): .object(object)
        }
    }

    /// The text, where this is one.
    package var plainText: String? {
        if case .text(let content) = self { content.text } else { nil }
    }
}
