import JSONSchema
package import LanguageModels
import SkillCatalog

/// Draws up the report of an import from what was seen of the servers.
package struct ImportAudit: Sendable {
    /// A server that takes longer to start keeps people waiting.
    package static let slowStart = Duration.seconds(5)

    private let counter: any TokenCounter
    private let gateway: [ChatTool]

    /// - Parameter gateway: the tools that a client gets instead of those of the servers.
    package init(counter: any TokenCounter, gateway: [ChatTool]) {
        self.counter = counter
        self.gateway = gateway
    }

    /// - Parameters:
    ///   - problems: of the configuration; servers that could not be read are listed with theirs.
    ///   - routes: requests that were routed over the servers' skills.
    package func report(
        of servers: [InspectedServer],
        problems: [MCPConfigurationProblem] = [],
        routes: [ImportReport.SampleRoute] = []
    ) -> ImportReport {
        var lines = servers.map(line)
        for problem in problems where !problem.isWarning {
            guard let name = problem.server else { continue }
            lines.append(.init(name: name, state: .unreadable, tools: 0, tokens: 0, reason: problem.message))
        }
        return ImportReport(
            tokensBefore: lines.reduce(0) { $0 + $1.tokens },
            tokensAfter: gateway.reduce(0) { $0 + counter.count($1.json.serialized()) },
            tokenSource: counter.source,
            servers: lines,
            duplicates: DuplicateTools.find(in: servers),
            dead: servers.flatMap(Self.dead),
            routes: routes
        )
    }

    private func line(_ server: InspectedServer) -> ImportReport.Server {
        var state = ImportReport.Server.State.ready
        if let time = server.startTime, time > Self.slowStart { state = .slow }
        if server.failure != nil { state = .failing }
        if server.isDisabled { state = .disabled }
        return ImportReport.Server(
            name: server.name,
            state: state,
            tools: server.tools.count,
            tokens: server.tools.reduce(0) { $0 + tokens(of: $1) },
            startTime: server.startTime,
            reason: server.failure
        )
    }

    /// A tool as a model is given it.
    private func tokens(of tool: Tool) -> Int {
        let shown = ChatTool(
            name: tool.name,
            description: tool.description,
            parameters: tool.inputSchema ?? ["type": "object"]
        )
        return counter.count(shown.json.serialized())
    }

    private static func dead(in server: InspectedServer) -> [ImportReport.DeadTool] {
        server.tools.compactMap { tool in
            reason(against: tool).map { ImportReport.DeadTool(tool: "\(server.name).\(tool.name)", reason: $0) }
        }
    }

    /// Why no model can be expected to call a tool.
    private static func reason(against tool: Tool) -> String? {
        if tool.name.isEmpty || tool.name.utf8.count > 128 { return "its name is empty or longer than models accept" }
        let words = tool.description.split(whereSeparator: \.isWhitespace)
        if words.isEmpty { return "it has no description, so nothing says when to call it" }
        guard let schema = tool.inputSchema else { return nil }
        if let type = schema["type"], type != "object" { return "its arguments are no object" }
        do throws(SchemaError) {
            _ = try Schema(schema)
            return nil
        } catch {
            return "its schema cannot be used: \(error)"
        }
    }
}
