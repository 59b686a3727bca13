package import JSONSchema

/// A kind of value that servers list page by page.
package protocol PagedItem: MessageValue {
    /// The member of a page that holds its items.
    static var listName: String { get }
}

/// One page of a list.
package struct Page<Item: PagedItem>: MessageValue {
    package var items: [Item]
    /// What asks for the next page; nil on the last. Means nothing to anyone but the server.
    package var nextCursor: String?
    package var cache: CacheHint?
    package var additional = JSONObject()

    package init(_ items: [Item], nextCursor: String? = nil, cache: CacheHint? = nil) {
        self.items = items
        self.nextCursor = nextCursor
        self.cache = cache
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a page of \(Item.listName)")
        items = try members.list(Item.listName)
        nextCursor = try members.optionalString("nextCursor")
        cache = try members.cacheHint()
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    Item.listName: items.json, "nextCursor": nextCursor?.json, "ttlMs": cache?.ttlMs.json,
                    "cacheScope": cache?.scope.json,
                ],
                keeping: additional
            )
        )
    }
}

package typealias ToolsPage = Page<Tool>
package typealias ResourcesPage = Page<Resource>
package typealias ResourceTemplatesPage = Page<ResourceTemplate>
package typealias PromptsPage = Page<Prompt>
