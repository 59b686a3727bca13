import JSONSchema

extension FusionWeights {
    /// As JSON, for storage: `{"dense":0.6,…}`.
    package var bytes: [UInt8] {
        var object = JSONObject()
        for signal in Signal.allCases { object[signal.rawValue] = values[signal].map { .number($0) } }
        return Array(JSONValue.object(object).serialized().utf8)
    }

    /// Weights that were stored; nil for bytes that are none.
    package init?(bytes: [UInt8]) {
        guard case .object(let object)? = try? JSONParser.parse(String(decoding: bytes, as: UTF8.self)) else {
            return nil
        }
        var values = FusionWeights.standard.values
        for signal in Signal.allCases {
            guard let value = object[signal.rawValue]?.doubleValue else { continue }
            guard value.isFinite, value >= 0, value <= 100 else { return nil }
            values[signal] = value
        }
        self.init(values)
    }
}
