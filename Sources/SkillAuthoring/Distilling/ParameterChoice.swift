import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval

/// Decides which values of a run become parameters: what the request or a person said, and secrets; the rest stays as it is.
struct ParameterChoice {
    /// What the person who distils wants otherwise, as `s1.url`, or `s1.url=address` for a name of their own.
    struct Wishes {
        var parameters: [String: String?] = [:]
        var constants: Set<String> = []
    }

    private let request: [String]
    private let requestText: String
    private let signs: SecretSigns
    private let wishes: Wishes
    private var found: [Found] = []
    /// Places where a secret stands beside what another step returns, so that it can be neither kept nor asked for.
    private(set) var mixed: [String] = []

    /// A value that becomes a parameter, before names are given.
    private struct Found {
        var place: String
        var argument: String
        var tool: String
        var value: JSONValue
        var schema: JSONValue
        var isSecret: Bool
        var wish: String?
    }

    init(request: String, signs: SecretSigns, wishes: Wishes) {
        requestText = request.lowercased()
        self.request = Self.words(request)
        self.signs = signs
        self.wishes = wishes
    }

    // MARK: - Looking

    /// Looks at one value of a step.
    ///
    /// - Parameter isAnswer: a person gave it.
    mutating func look(
        at value: JSONValue,
        _ argument: String,
        of step: PlanStep,
        tool: Tool?,
        isAnswer: Bool,
        schema given: JSONValue? = nil
    ) {
        let place = "\(step.id).\(argument)"
        guard Self.isLiteral(value) else {
            if signs.holdsSecret(value) { mixed.append(place) }
            return
        }
        let schema = given ?? tool?.inputSchema?["properties"]?[argument]
        let isSecret = signs.isSecret(value, named: argument, schema: schema)
        let isWished = wishes.parameters.keys.contains(place)
        guard isSecret || isWished || !wishes.constants.contains(place) else { return }
        guard isSecret || isWished || isAnswer || isSaid(value) || isSaid(value, in: step.subtask.text) else { return }
        found.append(
            Found(
                place: place,
                argument: argument,
                tool: tool?.name ?? step.id,
                value: value,
                schema: Self.described(schema, value),
                isSecret: isSecret,
                wish: wishes.parameters[place] ?? nil
            )
        )
    }

    /// Places that were wished for and are none.
    var unknownWishes: [String] {
        let places = Set(found.map(\.place))
        return wishes.parameters.keys.filter { !places.contains($0) }.sorted()
    }

    /// Nothing in it refers to another step, and a person could type it.
    private static func isLiteral(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .bool, .integer, .number, .string: true
        case .array(let elements): !elements.isEmpty && elements.allSatisfy(isLiteral)
        case .object(let members):
            members.keys.allSatisfy { !$0.hasPrefix("$") } && members.allSatisfy { isLiteral($0.value) }
        }
    }

    /// The request says the value: its words, its number, every element of it. Truth values are never taken for said.
    private func isSaid(_ value: JSONValue, in text: String? = nil) -> Bool {
        let words = text.map(Self.words) ?? request
        switch value {
        case .string(let said):
            let wanted = Self.words(said)
            guard !wanted.isEmpty else { return false }
            return words.indices.contains { words[$0...].starts(with: wanted) }
        case .integer(let number): return words.contains("\(number)")
        case .number(let number): return words.contains("\(number)") || words.contains(value.serialized())
        case .array(let elements): return elements.allSatisfy { isSaid($0, in: text) }
        default: return false
        }
    }

    /// Words without the punctuation around them, in small letters.
    private static func words(_ text: String) -> [String] {
        let around: Set<Character> = [".", ",", ";", ":", "!", "?", "\"", "'", "(", ")", "“", "”", "‘", "’", "`"]
        return text.lowercased().split(whereSeparator: \.isWhitespace).compactMap { word in
            var word = word
            while let first = word.first, around.contains(first) { word.removeFirst() }
            while let last = word.last, around.contains(last) { word.removeLast() }
            return word.isEmpty ? nil : String(word)
        }
    }

    /// The schema of the tool's own parameter, or of the value's type.
    private static func described(_ schema: JSONValue?, _ value: JSONValue) -> JSONValue {
        guard var members = schema?.objectValue, !members.isEmpty, !refers(.object(members)) else {
            return ResultShape.schema(of: value)
        }
        members["default"] = nil
        members["examples"] = nil
        return .object(members)
    }

    /// A reference into a document that the schema leaves behind.
    private static func refers(_ schema: JSONValue) -> Bool {
        switch schema {
        case .object(let members):
            members["$ref"] != nil || members["$dynamicRef"] != nil || members.contains { refers($0.value) }
        case .array(let elements): elements.contains(where: refers)
        default: false
        }
    }

    // MARK: - Naming

    /// The parameters, each named after the arguments it was bound to; a value that stands in several places is one.
    func parameters() -> [DistilledParameter] {
        var groups: [[Found]] = []
        for value in found {
            let same = groups.firstIndex { $0.contains { Self.isSame($0, value) } }
            if let same { groups[same].append(value) } else { groups.append([value]) }
        }
        let plain = groups.map { $0.lazy.compactMap(\.wish).first ?? Self.name($0[0].argument) }
        var taken: Set<String> = []
        return zip(groups, plain).map { group, name in
            let isClash = plain.count { $0 == name } > 1 && group[0].wish == nil
            let wanted = isClash ? Self.name("\(group[0].tool)_\(group[0].argument)") : name
            var unique = wanted
            var number = 2
            while !taken.insert(unique).inserted {
                unique = "\(wanted)_\(number)"
                number += 1
            }
            let isSecret = group.contains(where: \.isSecret)
            return DistilledParameter(
                name: unique,
                schema: group[0].schema,
                recorded: isSecret ? JSONValue?.none : group[0].value,
                places: group.map(\.place)
            )
        }
    }

    /// One value under one name, or one text long enough not to be the same by chance.
    private static func isSame(_ one: Found, _ other: Found) -> Bool {
        guard one.value == other.value, one.schema["type"] == other.schema["type"] else { return false }
        if one.wish != nil || other.wish != nil { return one.wish == other.wish }
        return one.argument == other.argument || (one.value.stringValue?.utf8.count ?? 0) >= 3
    }

    /// A name fit for an argument: letters, digits and underscores.
    private static func name(_ text: String) -> String {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let name = String(decoding: bytes.prefix(60), as: UTF8.self)
        return name.isEmpty || name.first?.isNumber == true ? "value_\(name)" : name
    }
}
