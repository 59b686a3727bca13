import JSONSchema

/// A value of a run that is asked for at each call of the skill made of it.
struct DistilledParameter: Hashable {
    var name: String
    /// JSON Schema.
    var schema: JSONValue
    /// What the run had; nil for a secret.
    var recorded: JSONValue?
    /// Where it stands, `s1.url`.
    var places: [String]

    var isSecret: Bool { recorded == nil }

    var reference: JSONValue { ["$parameter": .string(name)] }
}
