import JSONSchema
import LanguageModels
import PlanExecution
import SkillCatalog
import SkillHarness
import SkillRetrieval

/// Skills in memory, as an inventory.
struct FixedInventory: SkillInventory {
    let name = "fixed"
    var skills: [Skill]

    func overview() async throws -> [SkillOverview] {
        skills.map { skill in
            SkillOverview(
                id: skill.id,
                name: skill.name,
                source: skill.origin.source,
                toolCount: skill.tools.count,
                body: (["description": .string(skill.description)] as JSONValue).serialized()
            )
        }
    }

    func ids(matching text: String) async throws -> [String] {
        skills.filter { $0.id == text || $0.name.lowercased() == text.lowercased() }.map(\.id)
    }

    func skill(_ id: String) async throws -> Skill? { skills.first { $0.id == id } }
}

enum Fixture {
    static func tool(_ name: String, _ description: String = "Does it.", destructive: Bool = false) -> Tool {
        Tool(
            name: name,
            description: description,
            inputSchema: ["type": "object", "properties": ["value": ["type": "string"]]],
            annotations: ToolAnnotations(readOnlyHint: !destructive, destructiveHint: destructive)
        )
    }

    static func skill(_ id: String, tools: [Tool], document: String? = nil, folder: String? = nil) -> Skill {
        Skill(
            id: id,
            name: id,
            description: "Works with \(id). And more.",
            document: document ?? "How to use \(id).",
            tools: tools,
            origin: SkillOrigin(source: "fixed", file: "\(id)/SKILL.md", folder: folder)
        )
    }

    static let git = skill("git", tools: [tool("git_status"), tool("git_push", destructive: true)])
    static let web = skill("web", tools: [tool("fetch", "Fetch a page."), tool("search")])

    /// Answers every call with the arguments it was made with.
    static let echo = EchoInvoker()

    static func session(
        _ skills: [Skill] = [git, web],
        invoker: any ToolInvoker = echo,
        approval: ToolApproval = .denied,
        options: SessionOptions = SessionOptions()
    ) async throws -> SkillSession {
        let library = SessionLibrary(FixedInventory(skills: skills)) { text, top in
            Array(
                skills.filter { $0.description.contains(text) }.prefix(top).map { Candidate(skill: $0.id, score: 0.5) }
            )
        }
        return try await SkillSession(
            id: "test",
            library: library,
            invoker: invoker,
            approval: approval,
            options: options
        )
    }
}

/// Returns `{"called": "skill.tool", "with": arguments}`.
struct EchoInvoker: ToolInvoker {
    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { true }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        if call.arguments["value"] == "bad" {
            throw ToolFailure(.invalidInput, code: "bad-value", "/value must not be 'bad'.")
        }
        return ToolResult(value: ["called": .string(call.qualifiedName), "with": .object(call.arguments)])
    }
}
