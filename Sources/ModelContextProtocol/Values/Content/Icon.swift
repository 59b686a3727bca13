package import JSONSchema

/// A picture that stands for a tool, a resource, a prompt or a program.
package struct Icon: MessageValue {
    /// An address, `https:` or `data:`. It comes from whoever offers the thing: open it only as the user agreed to.
    package var source: String
    package var mimeType: String?
    /// Sizes such as `48x48`, or `any`.
    package var sizes: [String]?
    /// The background it is made for: `light` or `dark`.
    package var theme: String?
    package var additional = JSONObject()

    package init(source: String, mimeType: String? = nil, sizes: [String]? = nil, theme: String? = nil) {
        self.source = source
        self.mimeType = mimeType
        self.sizes = sizes
        self.theme = theme
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an icon")
        source = try members.string("src")
        mimeType = try members.optionalString("mimeType")
        sizes = try members.optionalStrings("sizes")
        theme = try members.optionalString("theme")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["src": source.json, "mimeType": mimeType?.json, "sizes": sizes?.json, "theme": theme?.json],
                keeping: additional
            )
        )
    }
}

/// A value that may have icons among the members that are kept as they are: a bad picture spoils no tool.
package protocol Pictured {
    var additional: JSONObject { get set }
}

extension Pictured {
    /// The icons that can be read; setting none removes the member.
    package var icons: [Icon] {
        get { additional["icons"]?.arrayValue?.compactMap { try? Icon(json: $0) } ?? [] }
        set { additional["icons"] = newValue.isEmpty ? JSONValue?.none : newValue.json }
    }
}

extension Implementation: Pictured {}
extension Tool: Pictured {}
extension Resource: Pictured {}
extension ResourceTemplate: Pictured {}
extension ResourceLink: Pictured {}
extension Prompt: Pictured {}
