import JSONSchema
import LanguageModels

extension QueryRecord {
    /// One line of a record file; absent members mean "not known" or "not counted".
    package var line: String {
        var object: JSONObject = ["id": .string(id)]
        object["difficulty"] = traits.difficulty.map { .string($0.rawValue) }
        object["clean"] = traits.isClean.map { .bool($0) }
        object["edge_kind"] = traits.edgeKind.map { .string($0.rawValue) }
        object["steps_from"] = traits.stepOrigin.map { .string($0.rawValue) }
        object["gold_steps"] = goldSteps.map { JSONValue($0) }
        object["predicted_steps"] = predictedSteps.map { JSONValue($0) }
        object["alignment"] = alignment.map { .string($0.rawValue) }
        object["metrics"] = .object(
            JSONObject(values.keys.sorted().map { ($0.rawValue, .number(values[$0] ?? 0)) })
        )
        let stages = Stage.allCases.filter { latencies[$0] != nil }
        if !stages.isEmpty {
            object["latency_ms"] = .object(JSONObject(stages.map { ($0.rawValue, .number(latencies[$0] ?? 0)) }))
        }
        if let tokens {
            object["tokens"] = [
                "prompt": JSONValue(tokens.prompt), "completion": JSONValue(tokens.completion),
                "source": .string(tokens.source.rawValue),
            ]
        }
        object["failure"] = failure.map { .string($0) }
        return JSONValue.object(object).serialized()
    }

    init(_ fields: RecordFields) throws(DataFault) {
        self.init(
            id: try fields.text("id"),
            traits: QueryTraits(
                difficulty: fields.has("difficulty") ? try fields.word("difficulty") : nil,
                isClean: fields.has("clean") ? try fields.flag("clean") : nil,
                edgeKind: fields.has("edge_kind") ? try fields.word("edge_kind") : nil,
                stepOrigin: fields.has("steps_from") ? try fields.word("steps_from") : nil
            ),
            goldSteps: fields.has("gold_steps") ? try fields.count("gold_steps") : nil,
            predictedSteps: fields.has("predicted_steps") ? try fields.count("predicted_steps") : nil,
            values: try fields.numbers("metrics"),
            alignment: try Self.alignment(fields),
            latencies: fields.has("latency_ms") ? try fields.numbers("latency_ms") : [:],
            tokens: fields.has("tokens") ? try Self.tokens(fields.fields("tokens")) : nil,
            failure: try fields.optionalText("failure")
        )
    }

    private static func alignment(_ fields: RecordFields) throws(DataFault) -> StepCorrespondence.Method? {
        guard let word = try fields.optionalText("alignment") else { return nil }
        guard let method = StepCorrespondence.Method(rawValue: word) else {
            throw fields.fault("alignment", mustBe: "tool or position")
        }
        return method
    }

    private static func tokens(_ fields: RecordFields) throws(DataFault) -> TokenUsage {
        guard let source = TokenUsage.Source(rawValue: try fields.text("source")) else {
            throw fields.fault("source", mustBe: "measured, counted, estimated or published")
        }
        return TokenUsage(
            prompt: try fields.count("prompt"),
            completion: try fields.count("completion"),
            source: source
        )
    }
}

extension RecordFields {
    /// An object whose names are words of one kind and whose values are numbers.
    func numbers<Name>(_ key: String) throws(DataFault) -> [Name: Double]
    where Name: RawRepresentable<String> & Hashable {
        let nested = try fields(key)
        var numbers: [Name: Double] = [:]
        for (name, _) in nested.object {
            guard let known = Name(rawValue: name) else {
                throw nested.fault(name, mustBe: "absent, because this version does not know it")
            }
            numbers[known] = try nested.number(name)
        }
        return numbers
    }
}
