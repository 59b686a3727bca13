package import JSONSchema

extension MatchExplanation {
    /// `{"skill","tool","rank","relevance","rule","signals","words"}`.
    package var json: JSONValue {
        var object: JSONObject = [
            "skill": .string(skill), "tool": JSONValue(tool), "rank": rank.map { JSONValue($0) } ?? .null,
            "relevance": relevance.map(Self.number) ?? .null,
        ]
        object["rule"] = rule.map { .string($0.rawValue) }
        object["signals"] = .array(
            signals.map { signal in
                [
                    "signal": .string(signal.signal.rawValue), "value": Self.number(signal.value),
                    "share": Self.number(signal.share),
                    "share_of_first": signal.shareOfFirst.map(Self.number) ?? .null,
                ]
            }
        )
        object["words"] = .array(
            words.map { word in
                [
                    "word": .string(word.word), "lexical": Self.number(word.lexical),
                    "nearest": word.nearest.map(Self.number) ?? .null,
                ]
            }
        )
        return .object(object)
    }

    private static func number(_ value: Double) -> JSONValue { .number((value * 10_000).rounded() / 10_000) }
}
