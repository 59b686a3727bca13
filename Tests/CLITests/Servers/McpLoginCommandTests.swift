import FoundationEssentials
import JSONSchema
import Subprocesses
import TestSupport
import Testing

@Suite(
    "skillweaver mcp login",
    .enabled(
        if: SkillWeaverCommand.isUsable && authorizedServerPython != nil,
        "needs the built program and 'make test'"
    )
)
struct McpLoginCommandTests {
    @Test("logs in with a browser, so that servers that wanted it work, and logs out again")
    func wholeLogin() async throws {
        let python = try #require(authorizedServerPython)
        let script = PackageRoot.path("Tests/ModelContextProtocolTests/Servers/authorized_server.py")
        let server = try await Subprocess(executable: python, arguments: [script]).converse()
        do {
            let line = String(decoding: try await server.receive(within: .seconds(60)), as: UTF8.self)
            let url = String(line.dropFirst("listening ".count))
            try await withSkillWeaver { skillweaver, folder in
                let file = "\(folder)/mcp.json"
                try write(#"{"mcpServers": {"peer": {"url": "\#(url)"}, "own": {"command": "true"}}}"#, to: file)
                let before = try await skillweaver("mcp", "inspect", file, "--json")
                let problem = try Self.peer(of: before.json)["problem"]?.stringValue ?? ""
                #expect(before.code == 1)
                #expect(problem.contains("run 'skillweaver mcp login peer --config \(file)'"), "\(problem)")
                let said = try await Self.login(skillweaver, file, python)
                #expect(said.contains("logged in to peer") && said.contains("tools"), "\(said)")
                let after = try await skillweaver("mcp", "inspect", file, "--json")
                let works = try Self.peer(of: after.json)
                #expect(works["works"] == true && works["tools"]?.arrayValue?.count == 2, "\(after.errors)")
                let gone = try await skillweaver("mcp", "logout", "peer", "--config", file)
                let again = try await skillweaver("mcp", "logout", "peer", "--config", file, "--json")
                #expect(gone.code == 0 && again.code == 1)
                let seen = try again.json
                #expect(seen["logged_out"] == false)
            }
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }

    @Test(
        "says what is wrong with what it is given",
        arguments: [
            (["login", "peer"], "--config"), (["login", "nobody", "--config", "FILE"], "there are peer, own"),
            (["login", "own", "--config", "FILE"], "takes no login"),
            (["login", "far", "--config", "FILE"], "there are"),
            (["logout", "own", "--config", "FILE"], "takes no login"),
            (["login", "peer", "--config", "FILE"], "must start with https://"),
        ]
    )
    func badInput(words: [String], expected: String) async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/mcp.json"
            try write(
                #"{"mcpServers": {"peer": {"url": "http://mcp.example/mcp"}, "own": {"command": "true"}}}"#,
                to: file
            )
            let outcome = try await skillweaver.run(["mcp"] + words.map { $0 == "FILE" ? file : $0 })
            #expect(outcome.code != 0 && outcome.errors.contains(expected), "\(outcome.errors)")
        }
    }

    /// Logs in as a person does: reads the address, opens it, and lets it lead back.
    private static func login(_ skillweaver: SkillWeaverCommand, _ file: String, _ python: String) async throws
        -> String
    {
        let program = try #require(SkillWeaverCommand.executable)
        let command = Subprocess(
            executable: "sh",
            arguments: ["-c", #"exec "$0" mcp login peer --config "$1" 2>&1"#, program, file],
            environment: .inheritedAdding(["XDG_DATA_HOME": skillweaver.home])
        )
        let conversation = try await command.converse()
        var said = ""
        do {
            while !said.contains("logged in") {
                let line = String(decoding: try await conversation.receive(within: .seconds(60)), as: UTF8.self)
                said += line + "\n"
                guard let start = line.firstRange(of: "http://"), line.contains("/authorize?") else { continue }
                let open = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"
                let browser = Subprocess(
                    executable: python,
                    arguments: ["-c", open, String(line[start.lowerBound...])]
                )
                _ = try await browser.run().checked(python)
            }
        } catch {
            await conversation.stop()
            throw error
        }
        await conversation.close(within: .seconds(30))
        return said
    }

    private static func peer(of json: JSONValue) throws -> JSONValue {
        try #require(json["servers"]?.arrayValue?.first { $0["server"] == "peer" })
    }
}

/// Python with the official SDK.
private let authorizedServerPython: String? = {
    let path = PackageRoot.path(".deps/mcp-python/bin/python")
    return FileManager.default.fileExists(atPath: path) ? path : nil
}()
