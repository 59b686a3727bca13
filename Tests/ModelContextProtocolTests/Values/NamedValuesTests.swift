import JSONSchema
import ModelContextProtocol
import Testing

@Suite("Values under names")
struct NamedValuesTests {
    @Test("They keep the order in which they were written")
    func order() throws {
        var values = try NamedValues<String>(json: ["b": "1", "a": "2", "c": "3"])
        #expect(values.names == ["b", "a", "c"])
        values["a"] = nil
        values["b"] = "4"
        values["a"] = "5"
        #expect(values.map(\.name) == ["b", "c", "a"])
        #expect(values.json.serialized() == #"{"b":"4","c":"3","a":"5"}"#)
    }

    @Test("They are equal whatever their order")
    func equality() {
        let left: NamedValues<String> = ["a": "1", "b": "2"]
        let right: NamedValues<String> = ["b": "2", "a": "1"]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": "1"])
    }

    @Test("Names that look alike and are not stay two")
    func spelling() throws {
        var values: NamedValues<String> = ["\u{E9}": "one", "e\u{301}": "two"]
        #expect(values.count == 2)
        #expect(values["\u{E9}"] == "one")
        values["e\u{301}"] = nil
        #expect(values.names.map { Array($0.unicodeScalars).count } == [1])
    }
}
