import JSONSchema
import PlanExecution
import SkillCatalog
import Testing
import ToolConnectors

@Suite("An OpenAPI document")
struct OpenAPIDocumentTests {
    @Test("becomes a skill whose tools are its operations, with what their methods promise")
    func operations() async throws {
        let (skills, diagnostics) = try await PetShop.read(PetShop.yaml(server: "https://pets.example.org"))
        let skill = try #require(skills.first)
        #expect(skills.count == 1 && diagnostics.isEmpty, "\(diagnostics)")
        #expect(skill.id == "petshop" && skill.description.hasPrefix("Pet shop: Manages the pets"))
        #expect(
            skill.tools.map(\.name) == [
                "listPets", "createPet", "getPet", "replacePet", "deletePet", "post_search", "owner",
            ]
        )
        #expect(skill.metadata["network"] == "pets.example.org")
        #expect(
            skill.metadata["environment"] == "PETSHOP_TOKEN PETSHOP_KEY PETSHOP_LOGIN PETSHOP_QUERY_KEY"
        )
        func tool(_ name: String) throws -> Tool { try #require(skill.tool(named: name)) }
        #expect(try tool("getPet").annotations.isReadOnly)
        #expect(try !tool("createPet").annotations.isRepeatable && !tool("createPet").annotations.isDestructive)
        #expect(try tool("replacePet").annotations.isRepeatable && !tool("replacePet").annotations.isReadOnly)
        #expect(try tool("deletePet").annotations.isDestructive && tool("deletePet").annotations.isIdempotent)
    }

    @Test("of version 3.0 has schemas in the words of 2020-12, without what only the other side writes")
    func schemas() async throws {
        let skill = try #require(try await PetShop.read(PetShop.yaml(server: "https://a.example")).skills.first)
        let create = try #require(skill.tool(named: "createPet")?.inputSchema)
        #expect(create["required"] == ["name"])
        #expect(create["properties"]?.objectValue?.keys == ["name", "nick", "secret", "parent"])
        #expect(create["properties"]?["nick"] == ["type": ["string", "null"]])
        #expect(create["additionalProperties"] == false)
        let schema = try Schema(create)
        #expect(schema.accepts(["name": "a", "nick": nil, "parent": ["name": "b", "parent": ["name": "c"]]]))
        #expect(!schema.accepts(["name": "a", "parent": ["name": "b", "parent": ["nick": "c"]]]))
        let list = try #require(skill.tool(named: "listPets"))
        #expect(list.inputSchema?["properties"]?["limit"] == ["type": "integer", "exclusiveMinimum": 0])
        #expect(list.outputSchema?["items"]?["properties"]?["secret"] == nil)
        #expect(list.outputSchema?["items"]?["properties"]?["id"] != nil)
        #expect(skill.tool(named: "deletePet")?.outputSchema == nil)
        #expect(skill.tool(named: "post_search")?.outputSchema?["properties"]?["text"] != nil)
    }

    @Test("keeps arguments apart whose places share a name")
    func collisions() async throws {
        let skill = try #require(try await PetShop.read(PetShop.yaml(server: "https://a.example")).skills.first)
        let schema = try #require(skill.tool(named: "replacePet")?.inputSchema)
        #expect(schema["properties"]?.objectValue?.keys == ["id", "query_id", "body_id", "name"])
        #expect(schema["required"] == ["id", "body_id"])
    }

    private func document(_ paths: String, version: String = "3.1.0", rest: String = "") -> String {
        #"{"openapi": "\#(version)", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.example"}], "paths": \#(paths)\#(rest)}"#
    }

    @Test("with hundreds of operations becomes a skill for each tag")
    func tags() async throws {
        let paths = (0..<300).map {
            #""/t\#($0 % 6)/p\#($0)": {"get": {"tags": ["tag \#($0 % 6)"], "operationId": "op\#($0)"}}"#
        }
        let (skills, _) = try await PetShop.read(document("{\(paths.joined(separator: ","))}"), file: "big.json")
        #expect(skills.map(\.id) == (0..<6).map { "big-tag-\($0)" })
        #expect(skills.allSatisfy { $0.tools.count == 50 })
    }

    @Test(
        "that is none, or of another version, says so",
        arguments: [
            (#"{"swagger": "2.0", "paths": {}}"#, "Swagger 2.0"), (#"{"openapi": "4.0.0", "paths": {}}"#, "'4.0.0'"),
            (#"{"openapi": "3.1.0"}"#, "no `paths`"), (#"{"a": 1}"#, "neither an OpenAPI document"),
            (#"{"mcpServers": {}}"#, "configuration of MCP servers"), ("{", "is not JSON"), ("a: [", "is not YAML"),
            ("a: &x 1\nb: *x", "is not YAML"), ("", "is empty"), ("\u{0}", "zero bytes"),
        ]
    )
    func faults(text: String, words: String) async throws {
        for file in ["api.json", "api.yaml"] {
            let error = await #expect(throws: SkillSourceError.self) { try await PetShop.read(text, file: file) }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test("with cyclic, remote and dangling references leaves out what they break, and nothing else")
    func references() async throws {
        let (skills, diagnostics) = try await PetShop.read(
            document(
                """
                {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/A"}]}},
                 "/b": {"get": {"parameters": [{"name": "x", "in": "query", "schema": {"$ref": "https://evil.example/x.json"}}]}},
                 "/c": {"get": {"parameters": [{"name": "x", "in": "query", "schema": {"$ref": "#/components/schemas/Loop"}}]}},
                 "/d": {"get": {"parameters": [{"$ref": "#/nowhere"}]}}, "/e": {"$ref": "#/paths/~1e"},
                 "/f": {"get": {"operationId": "fine", "parameters": [{"name": "x", "in": "query", "schema": {"$ref": "#/paths/~1c/get/parameters/0/schema"}}]}}}
                """,
                rest: """
                    , "components": {"parameters": {"A": {"$ref": "#/components/parameters/B"}, "B": {"$ref": "#/components/parameters/A"}},
                      "schemas": {"Loop": {"$ref": "#/components/schemas/Loop"}}}
                    """
            ),
            file: "refs.json"
        )
        #expect(skills.first?.tools.map(\.name) == ["get_b", "get_c", "fine"])
        let text = diagnostics.map(\.message).joined(separator: "\n")
        #expect(
            text.contains("round in a circle") && text.contains("which is not fetched") && text.contains("not there")
        )
        for tool in skills.first?.tools ?? [] { _ = try Schema(try #require(tool.inputSchema)) }
    }

    @Test("whose schemas multiply without end is read in bounds")
    func explosion() async throws {
        let schemas = (0..<40).map { level in
            let next = ##"{"$ref": "#/components/schemas/S\##(level + 1)"}"##
            let properties = (0..<20).map { "\"p\($0)\": \(next)" }.joined(separator: ",")
            return #""S\#(level)": {"type": "object", "properties": {\#(properties)}}"#
        }
        let (skills, diagnostics) = try await PetShop.read(
            document(
                ##"{"/x": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}}"##,
                rest: #", "components": {"schemas": {\#(schemas.joined(separator: ",")), "S40": {"type": "string"}}}"#
            ),
            file: "bomb.json"
        )
        let schema = try #require(skills.first?.tools.first?.inputSchema)
        #expect(schema.serialized().utf8.count < 1 << 20)
        // Written out it would be 20^40 schemas; as definitions all of them are there.
        #expect(schema["$defs"]?["S39"] != nil && diagnostics.isEmpty)
    }

    @Test("with hostile names and texts is harmless, and ten thousand operations of one name are told apart")
    func hostile() async throws {
        let (skills, _) = try await PetShop.read(
            document(
                #"{"/x": {"get": {"operationId": "\u001b[2Jrm -rf /", "summary": "a\u202eb\u0007c", "parameters": [{"name": "a b\u0000", "in": "query"}]}}}"#
            ),
            file: "hostile.json"
        )
        let tool = try #require(skills.first?.tools.first)
        #expect(tool.name == "2Jrm_-rf" && tool.description == "abc")
        #expect(tool.inputSchema?["properties"]?.objectValue?.keys == ["a_b"])
        let paths = (0..<10_000).map { #""/p\#($0)": {"get": {"operationId": "same"}}"# }.joined(separator: ",")
        let (many, diagnostics) = try await PetShop.read(document("{\(paths)}"), file: "many.json")
        let names = many.flatMap(\.tools).map(\.name)
        #expect(names.count == 10_000 && Set(names).count == 10_000)
        #expect(diagnostics.count <= 1_000)
    }

    @Test("that is too large, or needs what cannot be sent, is refused with the reason")
    func limits() async throws {
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 50 << 20)
        let error = await #expect(throws: SkillSourceError.self) { try await PetShop.read(large, file: "large.json") }
        #expect(error?.message.contains("larger than") == true)
        let upload =
            #"{"/x": {"post": {"requestBody": {"required": true, "content": {"multipart/form-data": {}}}}}, "/y": {"get": {}}}"#
        let (skills, diagnostics) = try await PetShop.read(document(upload), file: "upload.json")
        #expect(skills.first?.tools.map(\.name) == ["get_y"])
        #expect(diagnostics.contains { $0.message.contains("multipart/form-data") })
    }

    @Test("in a file, whose server is no whole address, can be found and not called")
    func relativeServer() async throws {
        let text = #"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": {}}}}"#
        let (skills, diagnostics) = try await PetShop.read(text, file: "t.json")
        let skill = try #require(skills.first)
        let invoker = try OpenAPIInvoker(grants: .init(), environment: [:])
        #expect(!invoker.canInvoke(try #require(skill.tools.first), of: skill))
        #expect(diagnostics.contains { $0.message.contains("no whole address") })
    }
}
