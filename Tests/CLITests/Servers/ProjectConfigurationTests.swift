import TestSupport
import Testing

@Suite(
    "MCP servers that a project brings along",
    .enabled(if: SkillWeaverCommand.isUsable, "needs the built program and the encoder")
)
struct ProjectConfigurationTests {
    @Test(
        "are not started before the user trusts the file, nor after it changed",
        arguments: [
            ".mcp.json", ".cursor/mcp.json", ".vscode/mcp.json",
        ]
    )
    func trust(_ name: String) async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/project/\(name)"
            let mark = "\(folder)/started"
            try write(#"{"mcpServers": {"s": {"command": "touch", "args": ["\#(mark)"]}}}"#, to: file)
            for command in [["mcp", "--config", file], ["mcp", "inspect", file], ["import", "--from", file]] {
                let refused = try await skillweaver.run(command, input: "")
                #expect(refused.code == 1)
                #expect(refused.errors.contains("is not trusted"), "\(refused.errors)")
                #expect((try? text(of: mark)) == nil)
            }
            #expect(try await skillweaver("trust", file).code == 0)
            let started = try await skillweaver("mcp", "inspect", file)
            #expect(started.errors.contains("trusted") == false, "\(started.errors)")
            #expect((try? text(of: mark)) != nil)
            try write(#"{"mcpServers": {"s": {"command": "touch", "args": ["\#(mark)2"]}}}"#, to: file)
            let changed = try await skillweaver("mcp", "inspect", file)
            #expect(changed.errors.contains("has changed"), "\(changed.errors)")
            #expect(try await skillweaver("trust", "--revoke", file).code == 0)
            #expect((try? text(of: "\(mark)2")) == nil)
        }
    }
}
