import SkillCatalog
import Testing
import ToolConnectors

@Suite("The skills of an MCP server")
struct ServerSkillsTests {
    private func skills(_ names: [String], _ settings: MCPServerSettings = MCPServerSettings()) -> [Skill] {
        ServerSkills(server: "git", settings: settings, source: "mcp", location: "mcp.json").skills(
            names.map { Tool(name: $0, description: "Does \($0)", annotations: ToolAnnotations(readOnlyHint: true)) }
        )
    }

    @Test("are one where the server is small, and believe its annotations only when it is trusted")
    func small() throws {
        let skill = try #require(skills(["git_status", "git_log"]).first)
        #expect(skill.id == "git" && ServerSkills.server(of: skill) == "git")
        #expect(skill.tools.allSatisfy { $0.annotations == ToolAnnotations() })
        let trusted = try #require(skills(["git_status"], MCPServerSettings(isTrusted: true)).first)
        #expect(trusted.tools.first?.annotations.isReadOnly == true)
        var forged = skill
        forged.origin.folder = "/skills/forged"
        #expect(ServerSkills.server(of: forged) == nil)
    }

    @Test("are one for each toolset where it is large, unless its owner says otherwise")
    func large() {
        let names =
            [
                "issue_list", "issue_get", "pr_list", "pr_get", "pr_merge", "git_tag_add", "git_tag_list", "whoami",
                "ping",
            ] + (1...12).map { "pr_check_\($0)" }
        #expect(skills(names).map(\.id) == ["git-issue", "git-pr", "git-tag", "git-other"])
        #expect(Set(skills(names).flatMap(\.tools).map(\.name)) == Set(names))
        #expect(skills(names, MCPServerSettings(toolsets: .none)).map(\.id) == ["git"])
        #expect(skills([]).isEmpty)
    }

    @Test("are never called like one of their tools")
    func ownName() {
        #expect(skills(["git", "git_log"]).map(\.id) == ["git-server"])
    }

    @Test("give sample requests, one of them over two servers")
    func samples() {
        let servers = [
            InspectedServer(name: "a", tools: [Tool(name: "x", description: "List the files of a folder. More.")]),
            InspectedServer(name: "b", tools: [Tool(name: "y", description: "Send an email")]),
        ]
        #expect(
            SampleRequests.requests(for: servers) == [
                "List the files of a folder", "Send an email", "List the files of a folder, then send an email",
            ]
        )
        #expect(SampleRequests.requests(for: [InspectedServer(name: "c", failure: "gone")]).isEmpty)
    }
}
