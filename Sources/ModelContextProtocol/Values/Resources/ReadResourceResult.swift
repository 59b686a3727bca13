package import JSONSchema

/// What `resources/read` gives: the resource, or all that are below its address.
package struct ReadResourceResult: MessageValue {
    package var contents: [ResourceContents]
    package var cache: CacheHint?
    package var additional = JSONObject()

    package init(_ contents: [ResourceContents], cache: CacheHint? = nil) {
        self.contents = contents
        self.cache = cache
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to resources/read")
        contents = try members.list("contents")
        cache = try members.cacheHint()
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["contents": contents.json, "ttlMs": cache?.ttlMs.json, "cacheScope": cache?.scope.json],
                keeping: additional
            )
        )
    }
}
