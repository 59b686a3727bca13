import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("The type of a value")
struct IOTypeTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var schema: JSONValue
        var type: IOType?
        var carrier: IOCarrier

        init(_ name: String, _ schema: JSONValue, _ type: IOType?, _ carrier: IOCarrier = .value) {
            self.name = name
            self.schema = schema
            self.type = type
            self.carrier = carrier
        }

        var testDescription: String { "\(name) \(schema.serialized())" }
    }

    @Test(
        "is read from format, media type, name, description and JSON type, in this order",
        arguments: [
            Case("when", ["type": "string", "format": "date"], .date),
            Case("a", ["type": "string", "format": "email"], .emailAddress),
            Case("source", ["type": "string", "format": "uri"], nil, .url),
            Case("body", ["type": "string", "contentMediaType": "text/html"], .html),
            Case("csv_path", ["type": "string"], .csv, .path),
            Case("imageURL", ["type": "string"], .image, .url),
            Case("outputFile", ["type": "string"], nil, .path),
            Case("phone_number", ["type": "string"], .phoneNumber),
            Case("tax_rate", ["type": "number"], .percentage),
            Case("amount", ["type": "number"], .money),
            Case("photo", ["type": "integer"], .number),
            Case("x", ["type": "string", "description": "Path of the file to read"], nil, .path),
            Case("x", ["type": "string", "description": "The city to look up"], .place),
            Case("x", ["type": "string"], .text),
            Case("x", ["type": "boolean"], .boolean),
            Case("rows", ["type": "array", "items": ["type": "object"]], .table),
            Case("x", ["type": ["string", "null"], "format": "date-time"], .dateTime),
            Case("x", ["anyOf": [["type": "null"], ["type": "integer"]]], .number),
            Case("x", [:], nil),
        ]
    )
    func inference(_ expected: Case) throws {
        let schema: JSONValue = ["type": "object", "properties": .object([expected.name: expected.schema])]
        let port = try #require(SchemaPorts.inputs(schema)?.first)
        #expect(port.type == expected.type)
        #expect(port.carrier == expected.carrier)
    }

    @Test("of a result is found at every depth a reference can reach")
    func nestedOutputs() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "file": ["$ref": "#/$defs/file"], "a/b~c": ["type": "integer"],
            ],
            "$defs": ["file": ["type": "object", "properties": ["path": ["type": "string"]]]],
        ]
        let ports = try #require(SchemaPorts.outputs(schema))
        #expect(ports.map(\.pointer) == ["/file", "/file/path", "/a~1b~0c"])
        #expect(SchemaPorts.outputs(["type": "string"])?.map(\.pointer) == [""])
        #expect(SchemaPorts.outputs([:]) == nil)
    }

    @Test("survives schemas that refer to themselves or are no schemas")
    func hostileSchemas() {
        let loop: JSONValue = [
            "type": "object", "properties": ["a": ["$ref": "#/properties/a"], "b": ["$ref": "#"]],
        ]
        #expect(SchemaPorts.inputs(loop)?.count == 2)
        #expect(SchemaPorts.outputs(loop)?.isEmpty == false)
        let listOfItself: JSONValue = [
            "type": "object", "properties": ["a": ["$ref": "#/$defs/a"]],
            "$defs": ["a": ["type": "array", "items": ["$ref": "#/$defs/a"]]],
        ]
        #expect(SchemaPorts.inputs(listOfItself)?.first?.isCollection == true)
        #expect(SchemaPorts.inputs("text") == nil)
        #expect(SchemaPorts.inputs(["type": "object", "properties": 3])?.isEmpty == true)
    }

    @Test(
        "is guessed from a description where nothing is declared",
        arguments: [
            ("Convert HTML pages to Markdown", [IOType.html], [IOType.markdown]),
            ("Generate images from text", [], [.image]),
            ("Transcribe audio recordings", [.audio], [.text]),
            ("Manage your calendar", [], []),
        ]
    )
    func described(text: String, inputs: [IOType], outputs: [IOType]) {
        let signature = IOSignature(Samples.skill("x", description: text), tool: nil)
        #expect(signature.inputs.compactMap(\.type) == inputs)
        #expect(signature.outputs.compactMap(\.type) == outputs)
        #expect(signature.inputBasis == (inputs.isEmpty ? .unknown : .described))
    }

    @Test(
        "is compared by stems",
        arguments: [
            ["translate", "translated", "translation", "translating"], ["encrypt", "encrypted", "encryption"],
            ["calculate", "calculation", "calculated"], ["company", "companies"], ["movie", "movies"],
            ["analyze", "analysis", "analyses"], ["ship", "shipping", "shipped"], ["summary", "summarize"],
            ["convert", "conversion"], ["image", "images"], ["create", "creation", "created"],
        ]
    )
    func stems(forms: [String]) {
        #expect(Set(forms.map(WordStem.of)).count == 1, "\(forms.map(WordStem.of))")
    }

    @Test("is compared without joining different words")
    func differentStems() {
        let words = ["news", "new", "status", "state", "class", "image", "file", "fill", "report", "process", "price"]
        #expect(Set(words.map(WordStem.of)).count == words.count)
    }

    @Test("comes from names in every style of writing")
    func identifierWords() {
        for name in ["customerID2", "customer_id2", "customer-id2", "CustomerId2", "customer ID2"] {
            #expect(IdentifierWords.split(name) == ["customer", "id2"])
        }
        #expect(IdentifierWords.split("HTMLPage") == ["html", "page"])
        #expect(IdentifierWords.split("ÜberGröße") == ["über", "größe"])
        #expect(IdentifierWords.split(" -_ ").isEmpty)
    }
}
