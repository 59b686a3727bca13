import CommandLineInterface
import JSONSchema
import ModelContextProtocol
import SkillWeaver
import ToolConnectors

/// `skillweaver mcp inspect`
struct McpInspectCommand: CommandDefinition {
    let name = "inspect"
    let summary = "Start the servers of a configuration and say what they are, what they offer and how they do."
    let discussion = """
        Every server is started, asked for its tools and ended again. Of one that does not work the reason is shown, with the \
        end of what it wrote to standard error. Exits with 1 when one does not work.
        """
    let examples = [CommandExample("Look at your client's servers", "skillweaver mcp inspect ~/.cursor/mcp.json")]

    let file = Argument<String>("FILE", as: .nonBlank, "The configuration, with `mcpServers` or `servers`.")
    let tools = Flag("tools", "List every tool.")

    var parameters: [any ParameterDeclaration] { [file, tools] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let servers = try ConfiguredServers([values[file]], home: options.home, environment: context.environment)
        for problem in servers.problems { context.console.warn("\(problem)") }
        var inspected: [ServerView] = []
        await withTaskGroup(of: ServerView.self) { group in
            for name in servers.pool.names {
                guard let connection = servers.pool.connection(name) else { continue }
                group.addTask { await ServerView(connection, pins: servers.pins) }
            }
            for await view in group { inspected.append(view) }
        }
        await servers.pool.close()
        try Task.checkCancellation()
        let order = servers.pool.names
        inspected.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
        if context.wantsJSON {
            try context.console.writeJSON(["servers": .array(inspected.map(\.json))])
        } else {
            for view in inspected {
                for line in view.lines(withTools: values[tools]) { try context.console.writeLine(line.printable) }
            }
        }
        return inspected.allSatisfy(\.works) ? .done : .failed
    }
}

/// What came of asking one server.
private struct ServerView: Sendable {
    let name: String
    var tools: [ModelContextProtocol.Tool] = []
    var remarks: [String] = []
    var problem: String?
    var health = ServerHealth()

    init(_ connection: MCPServerConnection, pins: MCPToolPins) async {
        name = connection.configuration.name
        guard !connection.configuration.isDisabled else {
            health = await connection.health
            return
        }
        do {
            let (listing, _) = try await connection.tools()
            tools = listing.items
            remarks = listing.rejected.map { "left out: \($0)" }
            let review = try pins.review(listing.items, of: name)
            if !review.changed.isEmpty {
                remarks.append("changed since it was accepted: \(review.changed.joined(separator: ", "))")
            }
            if !review.added.isEmpty { remarks.append("new: \(review.added.joined(separator: ", "))") }
            if !review.removed.isEmpty { remarks.append("gone: \(review.removed.joined(separator: ", "))") }
        } catch {
            problem = Excerpt.of("\(error)", limit: 500)
        }
        health = await connection.health
    }

    var works: Bool { problem == nil }

    var json: JSONValue {
        var members: JSONObject = ["server": .string(name), "works": .bool(works)]
        if health.phase == .disabled { members["disabled"] = true }
        members["problem"] = problem.map(JSONValue.string)
        members["version"] = health.version.map(JSONValue.string)
        members["start_milliseconds"] = health.startTime.map { .number($0 / .milliseconds(1)) }
        members["tools"] = .array(tools.map(\.json))
        members["remarks"] = JSONValue(remarks)
        if problem != nil { members["standard_error"] = .string(health.remarks) }
        return .object(members)
    }

    func lines(withTools: Bool) -> [String] {
        if health.phase == .disabled { return ["\(name): switched off"] }
        if let problem {
            let said = health.remarks.split(separator: "\n").suffix(5).map { "    \($0)" }
            return ["\(name): does not work: \(problem)"] + said
        }
        let milliseconds = health.startTime.map { " in \(Int($0 / .milliseconds(1))) ms" } ?? ""
        var lines = ["\(name): \(tools.count) tools, protocol \(health.version ?? "?"), started\(milliseconds)"]
        lines += remarks.map { "    \($0)" }
        if withTools {
            lines += tools.map { "    \($0.name): \(($0.description ?? "").split(separator: "\n").first ?? "")" }
        }
        return lines
    }
}
