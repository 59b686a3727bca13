import JSONSchema
import TestSupport

/// Random JSON of bounded depth, with the words of the protocol more often than others.
struct RandomJSON {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer([0, -1, 7, .max, .min].randomElement(using: &generator) ?? 0)
        case 3:
            .number(
                [0.5, -0.0, 1e300, -1e19, 3.0, 0x1p53, .leastNonzeroMagnitude].randomElement(using: &generator) ?? 0
            )
        case 4, 5: .string(word())
        case 6, 7:
            .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                JSONObject(
                    (0..<Int.random(in: 0..<7, using: &generator)).map { _ in (word(), value(depth: depth - 1)) }
                )
            )
        }
    }

    /// The value with something random in a random place of it.
    mutating func damaged(_ json: JSONValue) -> JSONValue {
        switch json {
        case .object(var object) where !object.isEmpty && Int.random(in: 0..<5, using: &generator) > 0:
            guard let name = object.keys.randomElement(using: &generator), let member = object[name] else {
                return json
            }
            let isDropped = Int.random(in: 0..<8, using: &generator) == 0
            object[name] = isDropped ? JSONValue?.none : damaged(member)
            return .object(object)
        case .array(var elements) where !elements.isEmpty && Int.random(in: 0..<5, using: &generator) > 0:
            let index = Int.random(in: elements.indices, using: &generator)
            elements[index] = damaged(elements[index])
            return .array(elements)
        default: return value(depth: 2)
        }
    }

    private mutating func word() -> String { Self.words.randomElement(using: &generator) ?? "" }

    private static let words =
        vocabulary(of: (BuiltValue.all + TaskExamples.all).map(\.json)).sorted()
        + ["", "e\u{301}", "é", "\u{0}", "💥", String(repeating: "long", count: 500), "../..", "__proto__"]

    private static func vocabulary(of values: [JSONValue]) -> Set<String> {
        var words: Set<String> = []
        for value in values {
            switch value {
            case .string(let text): words.insert(text)
            case .array(let elements): words.formUnion(vocabulary(of: elements))
            case .object(let object):
                words.formUnion(object.keys)
                words.formUnion(vocabulary(of: object.map(\.value)))
            default: break
            }
        }
        return words
    }
}
