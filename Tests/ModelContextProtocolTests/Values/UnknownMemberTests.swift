import JSONSchema
import ModelContextProtocol
import Testing

@Suite("Members of the protocol that are not known here")
struct UnknownMemberTests {
    @Test("Every value is written as it was read", arguments: BuiltValue.all + TaskExamples.all)
    func roundTrip(_ value: BuiltValue) throws {
        guard let read = valueReaders[value.definition] else { return }
        let written = try read(value.json)
        #expect(written == value.json)
    }

    @Test("Unknown members survive at every level", arguments: BuiltValue.all + TaskExamples.all)
    func survive(_ value: BuiltValue) throws {
        guard let read = valueReaders[value.definition] else { return }
        let json = strange(value.json, isDictionary: ["InputRequests", "InputResponses"].contains(value.definition))
        let written = try read(json)
        #expect(written.isSame(as: json), "\(written.serialized()) is not \(json.serialized())")
    }

    @Test("Every kind of value is tried")
    func coverage() {
        let tried = Set((BuiltValue.all + TaskExamples.all).map(\.definition))
        #expect(Set(valueReaders.keys).subtracting(tried) == ["Error"])
    }

    @Test("Kinds that are not known are passed on whole")
    func unknownKinds() throws {
        let block: JSONValue = ["type": "hologram", "depth": 3]
        let result = try CallToolResult(json: ["content": [block]])
        #expect(result.content == [.other(["type": "hologram", "depth": 3])])
        #expect(result.json == ["content": [block]])

        let message = try SamplingMessage(json: ["role": "user", "content": block])
        #expect(message.json == ["role": "user", "content": block])

        let form = try FormSchema(json: ["type": "object", "properties": ["a": ["type": "object"]]])
        #expect(form.properties["a"] == .other(["type": "object"]))
    }

    /// The value with a strange member in every object whose members have names of their own.
    private func strange(_ json: JSONValue, isDictionary: Bool = false) -> JSONValue {
        switch json {
        case .object(let object):
            var members = JSONObject()
            if !isDictionary { members["x-strange"] = ["deep": [1, "two", .null]] }
            for (name, value) in object {
                members[name] = strange(value, isDictionary: Self.dictionaries.contains(name))
            }
            return .object(members)
        case .array(let elements): return .array(elements.map { strange($0) })
        default: return json
        }
    }

    /// Members whose own members are named by whoever writes them, and the error of JSON-RPC, which is closed.
    private static let dictionaries: Set = ["properties", "inputRequests", "inputResponses", "arguments", "error"]
}
