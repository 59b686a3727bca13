public import JSONSchema

/// A step that runs once for each element of a list, written in a plan as `"for_each": {"list": …, "limit": 100}`.
///
/// Inside the step's arguments and condition `{"$item": "/url"}` stands for a place in the element at hand, `{"$item": ""}`
/// for all of it. The step's result is the array of the results, in the order of the list.
public struct FanOut: Sendable, Hashable {
    /// A reference to a list that an earlier step returns, or the list itself.
    public var list: JSONValue
    /// Most elements the step runs for; a longer list is refused before the first call.
    public var limit: Int
    /// The words of the request that ask for it; empty where somebody wrote it by hand.
    public var cue: String

    /// What a list may hold unless the plan says otherwise.
    public static let standardLimit = 1_000

    public init(list: JSONValue, limit: Int = standardLimit, cue: String = "") {
        self.list = list
        self.limit = limit
        self.cue = cue
    }
}

extension FanOut {
    var json: JSONValue {
        var members: JSONObject = ["list": list]
        if limit != Self.standardLimit { members["limit"] = JSONValue(limit) }
        if !cue.isEmpty { members["cue"] = .string(cue) }
        return .object(members)
    }

    init(_ view: JSONView) throws(PlanSyntaxError) {
        guard let list = try view.member("list") else { throw view.missing("list") }
        guard list.value.arrayValue != nil || list.value["$from"] != nil else {
            throw list.mustBe("an array, or a reference such as {\"$from\": \"s1\", \"path\": \"/files\"}")
        }
        let limit = try view.member("limit") == nil ? Self.standardLimit : view.integer("limit")
        guard limit >= 1 else { throw PlanSyntaxError(place: "\(view.place)/limit", problem: "must be at least 1") }
        self.init(list: list.value, limit: limit, cue: try view.optionalString("cue") ?? "")
    }
}
