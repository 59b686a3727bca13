package import JSONSchema

/// What a server would like of the model that a client chooses; priorities go from 0 to 1.
package struct ModelPreferences: MessageValue {
    /// The best first.
    package var hints: [ModelHint]?
    package var costPriority: Double?
    package var speedPriority: Double?
    package var intelligencePriority: Double?
    package var additional = JSONObject()

    package init(
        hints: [ModelHint]? = nil,
        costPriority: Double? = nil,
        speedPriority: Double? = nil,
        intelligencePriority: Double? = nil
    ) {
        self.hints = hints
        self.costPriority = costPriority
        self.speedPriority = speedPriority
        self.intelligencePriority = intelligencePriority
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "preferences of models")
        hints = try members.optionalList("hints")
        costPriority = try members.optionalNumber("costPriority")
        speedPriority = try members.optionalNumber("speedPriority")
        intelligencePriority = try members.optionalNumber("intelligencePriority")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "hints": hints?.json, "costPriority": costPriority?.json, "speedPriority": speedPriority?.json,
                    "intelligencePriority": intelligencePriority?.json,
                ],
                keeping: additional
            )
        )
    }
}
