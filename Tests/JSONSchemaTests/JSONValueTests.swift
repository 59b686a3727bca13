import JSONSchema
import Testing

@Suite("JSON values answer what they are")
struct JSONValueTests {
    @Test(
        "Whole numbers are recognised however they are written",
        arguments: [
            (.integer(3), 3), (.number(3), 3), (.number(3.5), nil), (.number(1e300), nil), (.string("3"), nil),
            (.bool(true), nil), (.number(.infinity), nil),
        ] as [(JSONValue, Int?)]
    )
    func wholeNumbers(value: JSONValue, expected: Int?) {
        #expect(value.intValue == expected)
    }

    @Test("Each accessor answers for its own kind only")
    func accessors() {
        let values: [JSONValue] = [nil, true, 1, 1.5, "a", [1], ["a": 1]]
        #expect(values.map { $0.boolValue != nil } == [false, true, false, false, false, false, false])
        #expect(values.map { $0.doubleValue != nil } == [false, false, true, true, false, false, false])
        #expect(values.map { $0.stringValue != nil } == [false, false, false, false, true, false, false])
        #expect(values.map { $0.arrayValue != nil } == [false, false, false, false, false, true, false])
        #expect(values.map { $0.objectValue != nil } == [false, false, false, false, false, false, true])
        #expect(values.map(\.typeName) == ["null", "boolean", "integer", "number", "string", "array", "object"])
    }

    @Test("A member is found only in an object")
    func members() {
        let value: JSONValue = ["a": ["b": 1]]
        #expect(value["a"]?["b"] == 1)
        #expect(value["a"]?["c"] == nil)
        #expect(value["a"]?["b"]?["c"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
    }

    @Test("Members keep their place when they change, and lose it when they are removed")
    func editing() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["a"] = 4
        #expect(object.keys == ["a", "b", "c"])
        object["b"] = nil
        object["missing"] = nil
        #expect(object.keys == ["a", "c"])
        object["b"] = 5
        #expect(object.keys == ["a", "c", "b"])
        #expect(object.map(\.key) == ["a", "c", "b"])
        #expect(object.map(\.value) == [4, 3, 5])
        #expect(object.count == 3 && !object.isEmpty)
    }

    @Test("Objects are equal whatever the order of their members")
    func equality() {
        let left: JSONObject = ["a": 1, "b": 2]
        let right: JSONObject = ["b": 2, "a": 1]
        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect(left != ["a": 1])
        #expect(left != ["a": 1, "b": 3])
    }

    @Test("A null member differs from a missing one")
    func nullMember() {
        let object: JSONObject = ["a": nil]
        #expect(object["a"] == .some(.null))
        #expect(object["b"] == nil)
        #expect(object != [:])
    }
}
