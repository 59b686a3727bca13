public import JSONSchema
public import LanguageModels

/// What a prompt is made of, in tokens.
public struct ContextReport: Sendable, Hashable {
    public enum Part: String, Sendable, Hashable, CaseIterable {
        case system
        case menu
        /// Documents given once more after the turns that held them were left out.
        case documents
        /// Schemas of the tools on offer.
        case tools
        case user
        case replies
        case results
    }

    /// Tokens of each part; the few that frame messages are not counted.
    public var tokens: [Part: Int]
    /// How the tokens were found out.
    public var source: TokenUsage.Source
    public var budget: Int
    /// Earlier turns that the prompt leaves out.
    public var omittedTurns: Int

    public var total: Int { tokens.values.reduce(0, +) }

    public var json: JSONValue {
        var parts = JSONObject()
        for part in Part.allCases { parts[part.rawValue] = JSONValue(tokens[part] ?? 0) }
        return [
            "parts": .object(parts), "total": JSONValue(total), "budget": JSONValue(budget),
            "omitted_turns": JSONValue(omittedTurns), "source": .string(source.rawValue),
        ]
    }
}
