package import JSONSchema

/// A granularity file that cannot be used.
package enum GranularityError: Error, Sendable, Hashable, CustomStringConvertible {
    case malformed(String)

    package var description: String {
        switch self {
        case .malformed(let reason):
            "the granularity cannot be used: \(reason); make it with 'skillweaver train decomposer'"
        }
    }
}

extension StepGranularity {
    /// What `skillweaver train decomposer` writes: what was learned, or null where nothing helped.
    package static func file(_ learning: GranularityLearning, examples: Int) -> JSONValue {
        [
            "granularity": learning.granularity.map {
                ["text_weight": .number($0.textWeight), "offset": .number($0.offset)]
            } ?? .null,
            "examples": JSONValue(examples), "right_without": JSONValue(learning.usualHits),
            "right_held_out": JSONValue(learning.heldOutHits), "version": 1,
        ]
    }

    /// The granularity of such a file; nil where nothing helped.
    ///
    /// - Throws: `GranularityError` that says what is wrong.
    package static func read(_ text: [UInt8]) throws(GranularityError) -> StepGranularity? {
        let value: JSONValue
        do { value = try JSONParser.parse(utf8: text) } catch { throw .malformed("it is no JSON") }
        guard let object = value.objectValue, let learned = object["granularity"] else {
            throw .malformed("it has no member \"granularity\"")
        }
        guard object["version"]?.intValue == 1 else { throw .malformed("its version is not known") }
        guard learned != .null else { return nil }
        guard let members = learned.objectValue, let weight = members["text_weight"]?.doubleValue,
            let offset = members["offset"]?.doubleValue,
            let granularity = StepGranularity(textWeight: weight, offset: offset)
        else { throw .malformed("\"text_weight\" must lie in 0…1 and \"offset\" in -20…20") }
        return granularity
    }
}
