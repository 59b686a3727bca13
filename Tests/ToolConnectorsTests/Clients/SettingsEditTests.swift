import JSONSchema
import TestSupport
import Testing
import ToolConnectors

@Suite("The settings of a client")
struct SettingsEditTests {
    private let entry: JSONValue = ["command": "/bin/skillweaver", "args": ["mcp"]]

    private func added(_ text: String, shape: MCPConfiguration.Shape = .mcpServers) throws -> String {
        let edit = SettingsEdit(shape: shape, name: "ours")
        return String(decoding: try edit.adding(entry, to: Array(text.utf8)), as: UTF8.self)
    }

    private func removed(_ text: String) throws -> String {
        let edit = SettingsEdit(shape: .mcpServers, name: "ours")
        return String(decoding: try edit.removing(from: Array(text.utf8)), as: UTF8.self)
    }

    private static let texts = [
        "", " \n", "\u{FEFF}", "{}", "{ }", "{\n}", #"{"a":1}"#, #"{"mcpServers":{}}"#, #"{"mcpServers":{},}"#,
        #"{"mcpServers":{"x":{"command":"y"}},"a":[1,2]}"#,
        "{\n  \"mcpServers\": {\n    \"x\": {\"command\": \"y\"}\n  }\n}\n",
        "{\n\t// one\n\t\"mcpServers\": {\n\t\t\"x\": {\"command\": \"y\"}, // , two }\n\t\t/* three, */\n\t},\n}\n",
        "{\r\n    \"mcpServers\": {\r\n        \"x\": {}\r\n    }\r\n}\r\n",
        #"{"mcpServers":{"ours":{"command":"old"},"x":{}}}"#, #"{"mcpServers":{"x":{},"ours":{"command":"old"},},}"#,
        #"{"mcpServers":{"ours":1,"ours":{"command":"older"}}}"#, #"{"a":"\"}{,//","mcpServers":{"x":{"y":"/*"}}}"#,
        #"{"mcpServers":{"x":{} /* no comma, here */ }}"#,
    ]

    @Test("take our server and keep everything else, comments included", arguments: texts)
    func adding(text: String) throws {
        let result = try added(text)
        let value = try CommentedJSON(Array(result.utf8)).value
        #expect(value["mcpServers"]?["ours"] == entry, "\(result)")
        let before = (try? CommentedJSON(Array(text.utf8)).value)?.objectValue ?? [:]
        for (name, member) in before where name != "mcpServers" { #expect(value[name] == member) }
        for (name, server) in before["mcpServers"]?.objectValue ?? [:] where name != "ours" {
            #expect(value["mcpServers"]?[name] == server)
        }
        for comment in ["// one", "// , two }", "/* three, */", "/* no comma, here */"] where text.contains(comment) {
            #expect(result.contains(comment))
        }
        // Once more changes nothing.
        #expect(try added(result) == result)
        // And taken out it is gone.
        let without = try removed(result)
        let rest = try CommentedJSON(Array(without.utf8)).value
        #expect(rest["mcpServers"]?["ours"] == nil, "\(without)")
        for (name, server) in before["mcpServers"]?.objectValue ?? [:] where name != "ours" {
            #expect(rest["mcpServers"]?[name] == server)
        }
    }

    @Test("are written in the layout they have")
    func layout() throws {
        #expect(
            try added("{\n\t\"mcpServers\": {\n\t\t\"x\": {}, // note\n\t}\n}\n") == """
                {
                \t"mcpServers": {
                \t\t"x": {}, // note
                \t\t"ours": {
                \t\t\t"command": "/bin/skillweaver",
                \t\t\t"args": [
                \t\t\t\t"mcp"
                \t\t\t]
                \t\t}
                \t}
                }

                """
        )
        let text = "{\n  \"mcpServers\": {\n    \"x\": {}\n  }\n}\n"
        #expect(try removed(try added(text)) == text)
        let windows = Array(try added("{\r\n  \"a\": 1\r\n}\r\n").utf8)
        let ends = windows.indices.filter { windows[$0] == 0x0A }
        #expect(ends.count > 3 && ends.allSatisfy { windows[$0 - 1] == 0x0D })
    }

    @Test(
        "that are broken are left alone",
        arguments: ["{", "[]", "1", #"{"mcpServers": []}"#, "{} x", #"{"mcpServers": 1}"#]
    )
    func broken(text: String) {
        #expect(throws: SettingsEdit.Fault.self) { try added(text) }
    }

    @Test("are written at once, with a copy of what was there, through links, with the rights they had")
    func files() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/real/settings.json"
            try write(#"{"a": 1}"#, to: path)
            let edit = SettingsEdit(shape: .servers, name: "ours")
            let file = SettingsFile(path: path)
            func change() throws -> SettingsFile.Change {
                try file.change { bytes throws(SettingsEdit.Fault) in try edit.adding(entry, to: bytes) }
            }
            let done = try file.write(try change())
            let seen1 = try text(of: try #require(done.backup))
            #expect(seen1 == #"{"a": 1}"#)
            let seen2 = try text(of: path)
            #expect(seen2.contains("/bin/skillweaver"))
            let nothing = try change()
            #expect(nothing.isEmpty)
            // Somebody else writes in between.
            let removal = try file.change { bytes throws(SettingsEdit.Fault) in try edit.removing(from: bytes) }
            try write("{}", to: path)
            #expect(throws: (any Error).self) { try file.write(removal) }
            let seen3 = try text(of: path)
            #expect(seen3 == "{}")
        }
    }

    @Test("are where each client looks for them")
    func places() {
        let environment = ["HOME": "/home/ada"]
        func place(_ client: MCPClientKind, _ more: [String: String] = [:]) -> String? {
            client.userFile { environment.merging(more) { $1 }[$0] }
        }
        #expect(place(.claudeDesktop) == "/home/ada/.config/Claude/claude_desktop_config.json")
        #expect(place(.claudeCode) == "/home/ada/.claude.json")
        #expect(place(.cursor) == "/home/ada/.cursor/mcp.json")
        #expect(place(.vscode) == "/home/ada/.config/Code/User/mcp.json")
        #expect(place(.vscode, ["XDG_CONFIG_HOME": "/etc/ada"]) == "/etc/ada/Code/User/mcp.json")
        #expect(MCPClientKind.vscode.projectFile(in: "/p") == "/p/.vscode/mcp.json")
        #expect(MCPClientKind.claudeDesktop.projectFile(in: "/p") == nil)
        #expect(MCPClientKind.cursor.userFile { _ in nil } == nil)
    }
}
