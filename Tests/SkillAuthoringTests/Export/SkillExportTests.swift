import FoundationEssentials
import JSONSchema
import SkillCatalog
import Subprocesses
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Skills in the shapes of others")
struct SkillExportTests {
    private func bundled(_ name: String) async throws -> Skill {
        try #require(try await SkillFolders.skills(in: PackageRoot.path("Skills/\(name)")).first)
    }

    @Test(
        "Every bundled skill is a valid answer to tools/list",
        .enabled(if: SharedData.path("mcp/2026-07-28/schema.json") != nil, SharedData.absence),
        arguments: PackageRoot.bundledSkills.sorted()
    )
    func mcp(_ name: String) async throws {
        let path = try #require(SharedData.path("mcp/2026-07-28/schema.json"))
        var document = try #require(try JSONParser.parse(text(of: path)).objectValue)
        document["$ref"] = "#/$defs/ListToolsResult"
        let schema = try Schema(.object(document))
        let answer = SkillExport.mcp(try await bundled(name))
        #expect(schema.violations(in: answer) == [])
        #expect(answer["tools"]?.arrayValue?.isEmpty == false)
        // The schema can fail: a tool without a schema of its arguments is none.
        #expect(
            !schema.accepts(["resultType": "complete", "ttlMs": 0, "cacheScope": "private", "tools": [["name": "x"]]])
        )
    }

    @Test(
        "Functions for models have a name, a description and the schema of an object",
        arguments: PackageRoot.bundledSkills.sorted()
    )
    func openAI(_ name: String) async throws {
        let skill = try await bundled(name)
        let functions = try #require(SkillExport.openAI(skill).arrayValue)
        #expect(functions.count == skill.tools.count)
        for function in functions {
            #expect(function["type"] == "function")
            #expect(function["function"]?["parameters"]?["type"] == "object")
            #expect(function["function"]?["description"]?.stringValue?.isEmpty == false)
        }
        #expect(functions.compactMap { $0["function"]?["name"]?.stringValue } == skill.tools.map(\.name))
    }

    @Test("Names that protocols forbid are replaced by others that stay apart")
    func names() {
        #expect(WireName.make(of: "git_status") == "git_status")
        let replaced = ["a.b", "a:b", "größe", String(repeating: "x", count: 65), ""].map(WireName.make)
        #expect(Set(replaced).count == replaced.count)
        #expect(replaced.allSatisfy { (1...64).contains($0.utf8.count) })
    }

    @Test("The plain form becomes an Agent Skills folder without a fault, whose tools can be called")
    func agentSkills() async throws {
        try await withTemporaryFolder { folder in
            try write("# Add numbers: \"all\" of them\n\nUse `add`.\n", to: "\(folder)/My_Sums/SKILL.md")
            try write(
                #"""
                [{"name": "add", "description": "Add numbers.", "parameters": {"type": "object",
                  "properties": {"numbers": {"type": "array"}}, "required": ["numbers"]}}]
                """#,
                to: "\(folder)/My_Sums/schema.json"
            )
            try write(
                "from helper import total\n\ndef add(numbers):\n    print('noise')\n    return {'sum': total(numbers)}\n",
                to: "\(folder)/My_Sums/tools.py"
            )
            try write("def total(numbers):\n    return sum(numbers)\n", to: "\(folder)/My_Sums/helper.py")
            let skill = try #require(try await SkillFolders.skills(in: "\(folder)/My_Sums").first)
            let made = try AgentSkillsExport.write(skill, in: "\(folder)/out")
            #expect(made == "\(folder)/out/my-sums")
            #expect(SkillValidator.validate(folder: made) == [])
            let read = try #require(try await SkillFolders.skills(in: made).first)
            #expect(read.description == skill.description)
            #expect(read.tools == skill.tools)
            #expect(read.document.contains("Use `add`."))
            #expect(read.document.contains("### add"))
            let script = Subprocess(
                executable: "python3",
                arguments: ["-B", "\(made)/scripts/call_tool.py", "add", #"{"numbers": [1, 2]}"#]
            )
            #expect(try await script.run().checked("python3").outputText == "{\"sum\": 3}\n")
            #expect(await kindOfError { _ = try AgentSkillsExport.write(skill, in: "\(folder)/out") } == .conflict)
        }
    }

    @Test("Bundled skills stay valid when they are exported", arguments: PackageRoot.bundledSkills.sorted())
    func bundledSkills(_ name: String) async throws {
        let skill = try await bundled(name)
        try await withTemporaryFolder { folder in
            let made = try AgentSkillsExport.write(skill, in: folder)
            #expect(SkillValidator.validate(folder: made).filter { $0.severity == .error } == [])
        }
    }

    @Test(
        "Names become names of the format",
        arguments: [
            ("csv-parser", "csv-parser"), ("My_Skill", "my-skill"), ("a--b", "a-b"), ("-x-", "x"),
            ("owner/server", "owner-server"),
        ]
    )
    func formatName(name: String, expected: String) {
        #expect(AgentSkillsExport.formatName(of: name) == expected)
        #expect(AgentSkillsExport.formatName(of: "技能").hasPrefix("skill-"))
    }
}
