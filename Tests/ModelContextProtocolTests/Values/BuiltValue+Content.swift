import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let annotations = Annotations(
        audience: [.user, .assistant],
        priority: 0.5,
        lastModified: "2026-07-28T00:00:00Z"
    )

    static let resource: Resource = {
        var resource = Resource(
            uri: "file:///a.txt",
            name: "a",
            title: "A",
            description: "The first.",
            mimeType: "text/plain",
            size: 3,
            annotations: annotations
        )
        resource.icons = [icon]
        return resource
    }()

    static let icon = Icon(
        source: "https://example.com/a.png",
        mimeType: "image/png",
        sizes: ["48x48", "any"],
        theme: "dark"
    )

    static let text = ResourceContents(uri: "file:///a.txt", mimeType: "text/plain", text: "abc")
    static let blob = ResourceContents(uri: "file:///a.bin", mimeType: "image/png", blob: "AAEC")

    static let blocks: [ContentBlock] = [
        .text("Hello"),
        .text(TextContent("Hello", annotations: annotations)),
        .image(ImageContent(data: "AAEC", mimeType: "image/png", annotations: annotations)),
        .audio(AudioContent(data: "AAEC", mimeType: "audio/wav")),
        .resourceLink(ResourceLink(resource)),
        .resource(EmbeddedResource(text, annotations: annotations)),
        .resource(EmbeddedResource(blob)),
    ]

    static let content: [BuiltValue] =
        blocks.map { BuiltValue("ContentBlock", $0) } + [
            BuiltValue("TextContent", TextContent("", annotations: Annotations())),
            BuiltValue("ImageContent", ImageContent(data: "", mimeType: "image/png", annotations: annotations)),
            BuiltValue("AudioContent", AudioContent(data: "AAEC", mimeType: "audio/wav", annotations: annotations)),
            BuiltValue("ResourceLink", ResourceLink(resource)),
            BuiltValue("EmbeddedResource", EmbeddedResource(text, annotations: annotations)),
            BuiltValue("Annotations", annotations),
            BuiltValue("Icon", icon),
            BuiltValue("Icon", Icon(source: "data:image/png;base64,AAEC")),
            BuiltValue("TextResourceContents", text),
            BuiltValue("BlobResourceContents", blob),
        ]
}
