import FoundationEssentials
import JSONSchema
import Subprocesses
import TestSupport
import Testing

/// MCP servers and a client that others wrote, as `Scripts/setup test` installs them.
enum RealServers {
    static let absence: Comment = "needs the MCP servers and git; run 'Scripts/setup test'"
    static let areInstalled =
        SkillWeaverCommand.isUsable && InstalledProgram.exists("git")
        && [git, time, fetch, sqlite, python].allSatisfy {
            FileManager.default.isExecutableFile(atPath: $0)
        }

    static let git = PackageRoot.path(".deps/mcp-python/bin/mcp-server-git")
    static let time = PackageRoot.path(".deps/mcp-python/bin/mcp-server-time")
    static let fetch = PackageRoot.path(".deps/mcp-servers/bin/mcp-server-fetch")
    static let sqlite = PackageRoot.path(".deps/mcp-servers/bin/mcp-server-sqlite")
    static let python = PackageRoot.path(".deps/mcp-python/bin/python")
    private static let client = PackageRoot.path("Tests/SkillHarnessTests/Gateway/sdk_client.py")

    /// The answer of a tool of `skillweaver mcp` to the official SDK's client.
    static func call(
        _ tool: String,
        _ arguments: JSONValue,
        of gateway: [String],
        home: String
    ) async throws -> JSONValue {
        let executable = try #require(SkillWeaverCommand.executable)
        let command = Subprocess(
            executable: python,
            arguments: [client, "call", tool, arguments.serialized(), "--", executable, "mcp", "--home", home]
                + gateway,
            environment: .inherited
        )
        let result = try await command.run(input: [])
        let outcome = try JSONParser.parse(result.outputText)["outcomes"]?.arrayValue?.first
        let answer = outcome?["result"]?["structuredContent"]
        return try #require(answer, "\(result.outputText.prefix(2_000))\(result.errorText.suffix(2_000))")
    }

    /// A repository with this many commits, named `Change 1` and so on.
    static func repository(at folder: String, commits: Int) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await runGit(["init", "--quiet"], in: folder)
        for number in 1...commits {
            let author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
            try await runGit(author + ["commit", "--quiet", "--allow-empty", "-m", "Change \(number)"], in: folder)
        }
    }

    private static func runGit(_ arguments: [String], in folder: String) async throws {
        let command = Subprocess(
            executable: "git",
            arguments: arguments,
            environment: .inherited,
            workingDirectory: folder
        )
        _ = try await command.run().checked("git")
    }

    /// A server, as a program for `python`, that offers tools for files by name and description; they do nothing.
    static let files =
        "from mcp.server import MCPServer\nserver = MCPServer('files')\n"
        + [
            ("read_text_file", "path: str, head: int = 0", "Read the complete contents of a file as text."),
            ("write_file", "path: str, content: str", "Create a new file or completely overwrite an existing one."),
            ("edit_file", "path: str, edits: list[dict]", "Make line-based edits to a text file."),
            ("create_directory", "path: str", "Create a new directory or ensure that a directory exists."),
            ("list_directory", "path: str", "List all files and directories in a folder."),
            ("directory_tree", "path: str", "Show files and directories below a folder as a tree."),
            ("move_file", "source: str, destination: str", "Move or rename files and directories."),
            ("search_files", "path: str, pattern: str", "Search a folder for files whose name matches a pattern."),
            ("get_file_info", "path: str", "Tell the size, times and permissions of a file or directory."),
            ("delete_file", "path: str", "Delete a file or an empty directory."),
        ].map { name, parameters, description in
            "@server.tool(description='\(description)')\ndef \(name)(\(parameters)) -> str: return ''\n"
        }.joined()
        + "server.run()\n"
}
