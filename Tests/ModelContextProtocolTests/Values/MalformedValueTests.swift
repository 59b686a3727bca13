import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

@Suite("Malformed values of the protocol")
struct MalformedValueTests {
    /// A value with one thing wrong in it, deep inside, and where that is.
    struct Row: Sendable, CustomTestStringConvertible {
        let definition: String
        let text: String
        let place: String
        let problem: String

        init(_ definition: String, _ text: String, _ place: String, _ problem: String) {
            self.definition = definition
            self.text = text
            self.place = place
            self.problem = problem
        }

        var testDescription: String { "\(definition) \(text)" }
    }

    @Test("The place and the problem are named", arguments: rows)
    func place(_ row: Row) throws {
        let fault = try fault(row.definition, JSONParser.parse(row.text))
        #expect(fault?.place.joined(separator: "/") == row.place)
        #expect(fault?.problem == row.problem)
    }

    @Test("Nothing but an object is read as an object", arguments: valueReaders.keys.sorted())
    func kind(_ definition: String) throws {
        for json: JSONValue in [.null, true, 1, 1.5, "a", []] {
            let fault = try fault(definition, json)
            #expect(fault?.place == [])
            #expect(fault?.problem.contains("must be an object, not \(json.typeName)") == true)
        }
    }

    @Test(
        "A member of another type is named",
        .enabled(if: PublishedSchema.isThere, SharedData.absence),
        arguments: BuiltValue.all
    )
    func wrongType(_ value: BuiltValue) throws {
        guard valueReaders[value.definition] != nil else { return }
        for era in value.eras {
            for (name, property) in era.definition(value.definition)?["properties"]?.objectValue ?? JSONObject() {
                guard !Self.anything.contains(name), case .object(var members) = value.sent(in: era) else { continue }
                members[name] = property["type"] == "boolean" ? "yes" : true
                #expect(try fault(value.definition, .object(members))?.place == [name])
            }
        }
    }

    @Test(
        "A member that is missing is named",
        .enabled(if: PublishedSchema.isThere, SharedData.absence),
        arguments: BuiltValue.all
    )
    func missing(_ value: BuiltValue) throws {
        guard valueReaders[value.definition] != nil else { return }
        for era in value.eras {
            for name in era.definition(value.definition)?["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
                guard !Self.forgiven.contains(name), case .object(var members) = value.sent(in: era) else { continue }
                members[name] = nil
                let fault = try fault(value.definition, .object(members))
                #expect(fault == MalformedValue([name], problem: "is missing"))
            }
        }
    }

    /// Members that are kept without a look, or that may have any value.
    private static let anything: Set = [
        "_meta", "icons", "experimental", "resultType", "structuredContent", "data", "task", "tasks", "execution",
    ]

    /// Members that must be written and need not be read: the envelope's, hints, and those that tell kinds apart.
    private static let forgiven: Set = [
        "_meta", "resultType", "ttlMs", "cacheScope", "requestId", "text", "blob", "enum", "oneOf", "mode",
        "elicitationId",
    ]

    /// What is wrong with a value; nil when it can be read.
    private func fault(_ definition: String, _ json: JSONValue) throws -> MalformedValue? {
        let read = try #require(valueReaders[definition])
        do {
            _ = try read(json)
            return nil
        } catch let fault as MalformedValue {
            return fault
        }
    }
}
