package import JSONSchema

/// What `subscriptions/listen` asks for, and what its acknowledgement grants.
package struct SubscriptionParams: MessageValue {
    package var notifications: SubscriptionFilter
    package var additional = JSONObject()

    package init(_ notifications: SubscriptionFilter) { self.notifications = notifications }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of a subscription")
        notifications = try members.required("notifications")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["notifications": notifications.json], keeping: additional)) }
}
