import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

@Suite("Random values read as values of the protocol")
struct RandomValueTests {
    @Test("What can be read is written so that it reads the same", arguments: valueReaders.keys.sorted())
    func random(_ definition: String) throws {
        let read = try #require(valueReaders[definition])
        var random = RandomJSON(seed: 8)
        for _ in 0..<300 { try check(read, random.value(depth: 5)) }
    }

    @Test("Damage anywhere in a value is refused or kept", arguments: BuiltValue.all + TaskExamples.all)
    func damaged(_ value: BuiltValue) throws {
        guard let read = valueReaders[value.definition] else { return }
        var random = RandomJSON(seed: 2_026)
        for _ in 0..<100 { try check(read, random.damaged(value.json)) }
    }

    private func check(_ read: ValueReader, _ json: JSONValue) throws {
        let written: JSONValue
        do { written = try read(json) } catch is MalformedValue { return }
        let again = try read(written)
        #expect(again == written, "\(json.serialized()) became \(written.serialized()), then \(again.serialized())")
        let parsed = try JSONParser.parse(written.serialized())
        #expect(parsed.isSame(as: written))
    }
}
