package import JSONSchema

extension MCPClient {
    /// Every tool of the server, from all its pages.
    ///
    /// Over HTTP a tool whose schema misuses headers is left out, as the protocol demands.
    package func listTools() async throws -> [Tool] {
        let tools: [Tool] = try await listAll(Method.listTools) { (result) throws(MalformedValue) in
            let page = try ToolsPage(json: .object(result))
            return (page.items, page.nextCursor)
        }
        guard case .refusalIsLegacy = transport.probing else { return tools }
        var table: [String: HeaderParameters] = [:]
        let usable = tools.filter { tool in
            guard let parameters = try? HeaderParameters(inputSchema: tool.inputSchema) else { return false }
            if !parameters.isEmpty { table[tool.name] = parameters }
            return true
        }
        headerParameters = table
        return usable
    }

    package func listResources() async throws -> [Resource] {
        try await listAll(Method.listResources) { (result) throws(MalformedValue) in
            let page = try ResourcesPage(json: .object(result))
            return (page.items, page.nextCursor)
        }
    }

    package func listResourceTemplates() async throws -> [ResourceTemplate] {
        try await listAll(Method.listResourceTemplates) { (result) throws(MalformedValue) in
            let page = try ResourceTemplatesPage(json: .object(result))
            return (page.items, page.nextCursor)
        }
    }

    package func listPrompts() async throws -> [Prompt] {
        try await listAll(Method.listPrompts) { (result) throws(MalformedValue) in
            let page = try PromptsPage(json: .object(result))
            return (page.items, page.nextCursor)
        }
    }

    /// Calls a tool. A failure of the tool itself is a result with `isError`.
    package func callTool(
        _ name: String,
        _ arguments: JSONObject = JSONObject(),
        _ options: RequestOptions = RequestOptions()
    ) async throws -> CallToolResult {
        let parameters: JSONObject = ["name": .string(name), "arguments": .object(arguments)]
        let result: JSONObject
        do {
            result = try await request(Method.callTool, parameters, options)
        } catch let error as ProtocolError where error.code == ProtocolError.Code.headerMismatch {
            // The tool's schema may have changed since it was listed.
            _ = try await listTools()
            result = try await request(Method.callTool, parameters, options)
        }
        return try CallToolResult(received: result)
    }

    package func readResource(_ uri: String) async throws -> ReadResourceResult {
        let result = try await request(Method.readResource, ["uri": .string(uri)])
        return try ReadResourceResult(received: result)
    }

    package func getPrompt(_ name: String, _ arguments: [String: String] = [:]) async throws -> GetPromptResult {
        let words = JSONObject(arguments.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) })
        let result = try await request(Method.getPrompt, ["name": .string(name), "arguments": .object(words)])
        return try GetPromptResult(received: result)
    }

    /// Asks whether the server is there: `ping` in the legacy era, `server/discover` in the modern one.
    package func checkHealth(within timeout: Duration = .seconds(10)) async throws {
        let era = try await connect().version.era
        _ = try await request(era == .legacy ? Method.ping : Method.discover, [:], RequestOptions(timeout: timeout))
    }

    /// Listens to changes until the task is cancelled or the server ends it; they come as notices.
    ///
    /// In the legacy era servers say them unasked, and this returns at once.
    package func listen(to filter: SubscriptionFilter) async throws {
        guard try await connect().version.era == .modern else { return }
        _ = try await exchange(
            Method.listen,
            ["notifications": filter.json],
            RequestOptions(timeout: .seconds(365 * 24 * 3_600))
        )
    }

    // MARK: - Lists

    /// Reads all pages; a cursor that comes back, or a list without end, is an error.
    private func listAll<Item: Sendable>(
        _ method: String,
        _ read: (JSONObject) throws(MalformedValue) -> (items: [Item], next: String?)
    ) async throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        var seen: Set<String> = []
        repeat {
            let parameters: JSONObject = cursor.map { ["cursor": .string($0)] } ?? [:]
            let result = try await request(method, parameters)
            let page: (items: [Item], next: String?)
            do { page = try read(result) } catch { throw ConnectionError.malformed("\(method): \(error)") }
            items += page.items
            guard items.count <= options.maximumListed else {
                throw ConnectionError.malformed("\(method) lists more than \(options.maximumListed)")
            }
            if let next = page.next, !seen.insert(next).inserted || seen.count > options.maximumListed {
                throw ConnectionError.malformed("\(method) gives the same cursor again")
            }
            cursor = page.next
        } while cursor != nil
        return items
    }
}
