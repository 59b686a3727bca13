import JSONSchema
import PlanExecution
import SkillCatalog
import Testing
import ToolConnectors

@Suite("A list of functions")
struct FunctionListTests {
    private static let weather =
        #"{"name": "get_weather", "description": "Weather of a city", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}"#

    @Test(
        "is read in each of the forms that language models are given",
        arguments: [
            "[\(weather)]", #"[{"type": "function", "function": \#(weather)}]"#, #"{"tools": [\#(weather)]}"#,
            #"{"functions": [\#(weather)]}"#,
            #"[{"type": "function", "name": "get_weather", "description": "Weather of a city", "strict": true, "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}]"#,
        ]
    )
    func forms(text: String) async throws {
        let (skills, diagnostics) = try await PetShop.read(text, file: "assistant.json")
        let skill = try #require(skills.first)
        #expect(skill.id == "assistant" && diagnostics.isEmpty)
        let tool = try #require(skill.tools.first)
        #expect(tool.name == "get_weather" && tool.description == "Weather of a city")
        #expect(tool.inputSchema?["properties"]?["city"]?["type"] == "string")
        #expect(tool.annotations == ToolAnnotations())
    }

    @Test("with broken elements keeps the others")
    func broken() async throws {
        let (skills, diagnostics) = try await PetShop.read(
            #"[1, {}, {"name": "a"}, {"name": "a"}, {"type": "web_search"}, {"name": "b", "parameters": {"type": "strange"}}]"#,
            file: "mixed.json"
        )
        #expect(skills.first?.tools.map(\.name) == ["a", "b"])
        #expect(
            diagnostics.map(\.code) == [
                "invalid-tool", "invalid-tool", "duplicate-tool", "not-a-function", "invalid-tool", "invalid-tool",
            ]
        )
        let error = await #expect(throws: SkillSourceError.self) { try await PetShop.read("[]", file: "none.json") }
        #expect(error?.kind == .empty)
    }

    @Test("of many functions becomes several skills, by the first words of their names")
    func many() async throws {
        let names =
            (0..<60).map { #"{"name": "\#($0 % 2 == 0 ? "get" : "set")_thing\#($0)"}"# } + [#"{"name": "ping"}"#]
        let (skills, _) = try await PetShop.read("[\(names.joined(separator: ","))]", file: "api2.json")
        #expect(skills.map(\.id) == ["api2-get", "api2-set", "api2-ping"])
    }

    @Test("is run by what the program brings, and by nothing else")
    func running() async throws {
        let (skills, _) = try await PetShop.read("[\(Self.weather)]", file: "assistant.json")
        let skill = try #require(skills.first)
        let call = ToolCall(skill: skill, tool: skill.tools[0], arguments: ["city": "Paris"], idempotencyKey: "k")
        let failure = await #expect(throws: ToolFailure.self) { try await InvokerSet([]).invoke(call) }
        #expect(failure?.code == "no-invoker" && failure?.message.contains("without an implementation") == true)
        let invoker = FunctionInvoker { name, arguments in ["name": .string(name), "city": arguments["city"] ?? .null] }
        #expect(invoker.canInvoke(skill.tools[0], of: skill))
        let value = try await invoker.invoke(call).value
        #expect(value == ["name": "get_weather", "city": "Paris"])
        var other = skill
        other.metadata = [:]
        #expect(!invoker.canInvoke(skill.tools[0], of: other))
    }
}
