import JSONSchema
import ModelContextProtocol
import Testing

/// A value that was built here, with every member it can have or with none but those it must have.
struct BuiltValue: Sendable, CustomTestStringConvertible {
    /// What kind it is, in the words of the published schema.
    let definition: String
    let eras: [PublishedSchema]
    let json: JSONValue

    init(_ definition: String, in eras: [PublishedSchema] = PublishedSchema.allCases, _ value: some MessageValue) {
        self.definition = definition
        self.eras = eras
        json = value.json
    }

    static let all = lifecycle + content + lists + calls + elicitation + sampling + input + notices

    var testDescription: String { "\(definition) \(json.serialized().prefix(60))" }

    /// The value as a message of that era carries it: the envelope adds what a result or a request says of itself.
    func sent(in era: PublishedSchema) -> JSONValue {
        guard era == .modern, case .object(var members) = json else { return json }
        if definition.hasSuffix("Result"), !Self.clientResults.contains(definition), members["resultType"] == nil {
            members["resultType"] = "complete"
        }
        if definition.hasSuffix("RequestParams"), definition != "CreateMessageRequestParams" {
            members["_meta"] = [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": [:],
            ]
        }
        return .object(members)
    }

    private static let clientResults: Set = ["ElicitResult", "CreateMessageResult", "ListRootsResult"]
}
