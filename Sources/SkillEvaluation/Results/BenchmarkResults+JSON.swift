package import JSONSchema
import LanguageModels

extension BenchmarkResults {
    /// The document, members in a fixed order; the published figures go with it for whoever draws them.
    package var json: JSONValue {
        [
            "format": .string(Self.format), "version": JSONValue(Self.version), "environment": .object(environment),
            "runs": .array(runs.map(\.json)),
            "published": .array(PublishedFigures.systems.map(\.json)),
        ]
    }

    init(_ fields: RecordFields) throws(DataFault) {
        guard fields.object["format"]?.stringValue == Self.format else {
            throw fields.fault("format", mustBe: "\"\(Self.format)\"")
        }
        guard try fields.count("version") == Self.version else {
            throw fields.fault("version", mustBe: "\(Self.version), the version this program reads")
        }
        var runs: [ResultSummary] = []
        for run in try fields.list("runs") { runs.append(try ResultSummary(run)) }
        self.init(environment: try fields.fields("environment").object, runs: runs)
    }
}

extension ResultSummary {
    var json: JSONValue {
        [
            "benchmark": .string(identity.benchmark.rawValue), "data_set": .string(identity.dataSet),
            "system": .string(identity.system.rawValue), "title": .string(identity.system.title),
            "variant": .string(identity.variant),
            "configuration_hash": .string(configuration.hash.description),
            "configuration": .object(configuration.members),
            "failures": JSONValue(failureCount), "data": .object(data),
            "slices": .object(JSONObject(slices.map { ($0.slice.name, $0.summary.json) })),
        ]
    }

    init(_ fields: RecordFields) throws(DataFault) {
        let slices = try fields.fields("slices")
        var summaries: [Slice] = []
        for name in slices.object.keys {
            guard let slice = RecordSlice(name: name) else {
                throw slices.fault(name, mustBe: "absent, because this version does not know it")
            }
            summaries.append(Slice(slice: slice, summary: try SliceSummary(slices.fields(name))))
        }
        self.init(
            identity: Identity(
                try fields.word("benchmark"),
                dataSet: try fields.text("data_set"),
                system: try fields.word("system"),
                variant: try fields.optionalText("variant") ?? ""
            ),
            configuration: RunConfiguration(try fields.fields("configuration").object),
            failureCount: try fields.count("failures"),
            data: try fields.fields("data").object,
            slices: summaries
        )
    }
}

extension SliceSummary {
    var json: JSONValue {
        var object: JSONObject = ["queries": JSONValue(queryCount)]
        object["metrics"] = .object(
            JSONObject(metrics.keys.sorted().compactMap { name in metrics[name].map { (name.rawValue, $0.json) } })
        )
        let stages = Stage.allCases.compactMap { stage in latencies[stage].map { (stage.rawValue, $0.json) } }
        if !stages.isEmpty { object["latency_ms"] = .object(JSONObject(stages)) }
        let sources = TokenStatistics.sources.compactMap { source in
            tokens.means[source].map { (source.rawValue, $0.json) }
        }
        if !sources.isEmpty { object["tokens"] = .object(JSONObject(sources)) }
        return .object(object)
    }

    init(_ fields: RecordFields) throws(DataFault) {
        self.init(
            queryCount: try fields.count("queries"),
            metrics: try fields.named("metrics") { (nested) throws(DataFault) in try Estimate(nested) },
            latencies: try fields.named("latency_ms") { (nested) throws(DataFault) in try Latency(nested) },
            tokens: TokenStatistics(
                try fields.named("tokens") { (nested) throws(DataFault) in try TokenStatistics.Means(nested) }
            )
        )
    }
}

extension Estimate {
    var json: JSONValue {
        [
            "mean": Rounding.json(mean, places: Rounding.metricPlaces),
            "low": Rounding.json(low, places: Rounding.metricPlaces),
            "high": Rounding.json(high, places: Rounding.metricPlaces), "n": JSONValue(count),
        ]
    }

    init(_ fields: RecordFields) throws(DataFault) {
        self.init(
            mean: try fields.number("mean"),
            low: try fields.number("low"),
            high: try fields.number("high"),
            count: try fields.count("n")
        )
    }
}

extension SliceSummary.Latency {
    var json: JSONValue {
        var object = JSONObject()
        for point in Self.points {
            object["p\(point)"] = self[point].map { Rounding.json($0, places: Rounding.latencyPlaces) }
        }
        object["n"] = JSONValue(count)
        return .object(object)
    }

    init(_ fields: RecordFields) throws(DataFault) {
        var values: [Int: Double] = [:]
        for point in Self.points { values[point] = try fields.number("p\(point)") }
        self.init(values, count: try fields.count("n"))
    }
}

extension TokenStatistics.Means {
    var json: JSONValue {
        [
            "prompt": Rounding.json(prompt, places: Rounding.tokenPlaces),
            "completion": Rounding.json(completion, places: Rounding.tokenPlaces), "n": JSONValue(count),
        ]
    }

    init(_ fields: RecordFields) throws(DataFault) {
        self.init(
            prompt: try fields.number("prompt"),
            completion: try fields.number("completion"),
            count: try fields.count("n")
        )
    }
}

extension RecordFields {
    /// An object whose names are words of one kind and whose values are objects; empty where the member is absent.
    fileprivate func named<Name, Value>(
        _ key: String,
        read: (RecordFields) throws(DataFault) -> Value
    ) throws(DataFault) -> [Name: Value] where Name: RawRepresentable<String> & Hashable {
        guard has(key) else { return [:] }
        let nested = try fields(key)
        var values: [Name: Value] = [:]
        for name in nested.object.keys {
            guard let known = Name(rawValue: name) else {
                throw nested.fault(name, mustBe: "absent, because this version does not know it")
            }
            values[known] = try read(try nested.fields(name))
        }
        return values
    }
}
