import JSONSchema
import SkillCatalog
import SkillWeaver
import Storage

/// Skills made up for measuring: many of them in memory, and one whose tool is Python that does nothing.
struct BenchSkills: SkillInventory {
    let name = "bench"
    let skills: [String: Skill]
    private let order: [String]

    init(_ skills: [Skill]) {
        order = skills.map(\.id)
        self.skills = Dictionary(skills.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func overview() async throws -> [SkillOverview] {
        order.compactMap { skills[$0] }.map { skill in
            SkillOverview(
                id: skill.id,
                name: skill.name,
                source: skill.origin.source,
                toolCount: skill.tools.count,
                body: (["description": .string(skill.description)] as JSONValue).serialized()
            )
        }
    }

    func ids(matching text: String) async throws -> [String] { skills[text] == nil ? [] : [text] }

    func skill(_ id: String) async throws -> Skill? { skills[id] }

    /// A thousand tokens of document and six tools each, as a skill has that is worth loading.
    static func made(_ count: Int) -> BenchSkills {
        let document = (0..<60).map { "- Rule \($0): look at the state before you change it, and say what you did.\n" }
            .joined()
        let properties: JSONValue = [
            "path": ["type": "string", "description": "Where."], "limit": ["type": "integer"],
        ]
        return BenchSkills(
            (0..<count).map { number in
                Skill(
                    id: "skill-\(number)",
                    name: "skill-\(number)",
                    description:
                        "Reads, checks and changes things of kind \(number), and reports on them. More is told.",
                    document: document,
                    tools: (0..<6).map { tool in
                        Tool(
                            name: "work_\(number)_\(tool)",
                            description: "Do piece \(tool) of the work on things of kind \(number).",
                            inputSchema: ["type": "object", "properties": properties, "required": ["path"]],
                            outputSchema: ["type": "object"],
                            annotations: ToolAnnotations(readOnlyHint: true)
                        )
                    },
                    origin: SkillOrigin(source: "bench", file: "bench")
                )
            }
        )
    }

    /// A skill in a folder whose one function returns what it is given.
    static func python(in folder: String) throws -> Skill {
        try FileSystem.createFolder(folder)
        let program = "def echo_value(value):\n    return {\"value\": value}\n"
        try FileSystem.write(Array(program.utf8), to: "\(folder)/tools.py")
        let value: JSONValue = ["type": "object", "properties": ["value": ["type": "integer"]], "required": ["value"]]
        return Skill(
            id: "echo",
            name: "echo",
            description: "Returns what it is given.",
            document: "# Echo",
            tools: [
                Tool(
                    name: "echo_value",
                    description: "Return the value.",
                    inputSchema: value,
                    outputSchema: value,
                    annotations: ToolAnnotations(readOnlyHint: true)
                )
            ],
            origin: SkillOrigin(source: "bench", file: "\(folder)/SKILL.md", folder: folder)
        )
    }
}
