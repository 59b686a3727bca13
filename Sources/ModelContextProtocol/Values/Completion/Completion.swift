package import JSONSchema

/// Ways to complete an argument.
package struct Completion: MessageValue {
    /// Values a completion may have at most.
    package static let maximumValues = 100

    /// The best first.
    package var values: [String]
    /// How many there are, which may be more than are given.
    package var total: Int?
    /// Whether there are more.
    package var hasMore: Bool?
    package var additional = JSONObject()

    /// The first of these values; what is left out is counted.
    package init(firstOf values: [String]) {
        self.values = Array(values.prefix(Self.maximumValues))
        total = values.count
        hasMore = values.count > Self.maximumValues
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a completion")
        values = try members.strings("values")
        total = try members.optionalInteger("total")
        hasMore = try members.optionalBool("hasMore")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["values": values.json, "total": total?.json, "hasMore": hasMore?.json],
                keeping: additional
            )
        )
    }
}
