import JSONSchema

/// An answer of a `ScriptedServer` to the requests whose bodies hold certain texts; the first rule that fits counts.
public struct ScriptedRule: Sendable {
    public var texts: [String]
    public var response: ScriptedResponse

    /// - Parameter texts: all of them have to be there; none fits every request.
    public init(_ texts: [String], _ response: ScriptedResponse) {
        self.texts = texts
        self.response = response
    }

    var json: JSONValue { ["texts": .array(texts.map(JSONValue.string)), "response": response.json] }
}
