import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver mcp install", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct McpInstallCommandTests {
    @Test(
        "writes the server into each client's file and takes it out again",
        arguments: [
            ("claude-desktop", ".config/Claude/claude_desktop_config.json", "mcpServers"),
            ("claude-code", ".claude.json", "mcpServers"), ("cursor", ".cursor/mcp.json", "mcpServers"),
            ("vscode", ".config/Code/User/mcp.json", "servers"),
        ]
    )
    func clients(client: String, path: String, member: String) async throws {
        try await withSkillWeaver { skillweaver, folder in
            var skillweaver = skillweaver
            skillweaver.environment = ["HOME": folder, "XDG_CONFIG_HOME": ""]
            let file = "\(folder)/\(path)"
            let before = "{\n  \"theme\": \"dark\",\n  \"\(member)\": {\n    \"git\": {\"command\": \"uvx\"}\n  }\n}\n"
            try write(before, to: file)
            let shown = try await skillweaver("mcp", "install", "--client", client, "--print", "--json")
            let untouched = try text(of: file)
            #expect(shown.code == 0 && untouched == before, "\(shown.errors)")
            let done = try await skillweaver("mcp", "install", "--client", client, "--library", "mine", "--json")
            #expect(done.code == 0, "\(done.errors)")
            let seen1 = try done.json
            #expect(seen1["written"] == true)
            let backup = try #require(try done.json["backup"]?.stringValue)
            let seen3 = try text(of: backup)
            #expect(seen3 == before)
            let written = try JSONParser.parse(try text(of: file))
            #expect(written["theme"] == "dark" && written[member]?["git"]?["command"] == "uvx")
            let server = written[member]?["skillweaver"]
            #expect(server?["args"] == ["mcp", "--library", "mine"])
            #expect(server?["command"]?.stringValue?.hasSuffix("/skillweaver") == true)
            let again = try await skillweaver("mcp", "install", "--client", client, "--library", "mine", "--json")
            let seen2 = try again.json
            #expect(seen2["written"] == false)
            let gone = try await skillweaver("mcp", "install", "--client", client, "--uninstall", "--json")
            let restored = try text(of: file)
            #expect(gone.code == 0 && restored == before)
        }
    }

    @Test("leaves a file that it does not understand as it is")
    func broken() async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write("{ not json", to: "\(folder)/p/.mcp.json")
            let outcome = try await skillweaver(
                "mcp",
                "install",
                "--client",
                "claude-code",
                "--project",
                "\(folder)/p",
                "--json"
            )
            #expect(outcome.code == 1 && outcome.error?["code"] == "settings-unreadable")
            let seen4 = try text(of: "\(folder)/p/.mcp.json")
            #expect(seen4 == "{ not json")
            let none = try await skillweaver(
                "mcp",
                "install",
                "--client",
                "claude-desktop",
                "--project",
                folder,
                "--json"
            )
            #expect(none.code == 2)
        }
    }
}
