package import JSONSchema

extension MCPClient {
    /// Every tool of the server, from all its pages.
    ///
    /// A tool that is malformed is left out and named; over HTTP so is one whose schema misuses headers, as the protocol
    /// demands. One bad tool does not take the others away.
    package func listTools() async throws -> Listing<Tool> {
        var listing: Listing<Tool> = try await listAll(Method.listTools)
        guard case .refusalIsLegacy = transport.probing else { return listing }
        var table: [String: HeaderParameters] = [:]
        let tools = listing.items
        listing.items = []
        for tool in tools {
            do {
                let parameters = try HeaderParameters(inputSchema: tool.inputSchema)
                if !parameters.isEmpty { table[tool.name] = parameters }
                listing.items.append(tool)
            } catch {
                listing.rejected.append("\(Excerpt.of(tool.name)): \(error)")
            }
        }
        headerParameters = table
        return listing
    }

    package func listResources() async throws -> Listing<Resource> { try await listAll(Method.listResources) }

    package func listResourceTemplates() async throws -> Listing<ResourceTemplate> {
        try await listAll(Method.listResourceTemplates)
    }

    package func listPrompts() async throws -> Listing<Prompt> { try await listAll(Method.listPrompts) }

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
    /// In the legacy era servers say most of them unasked: only resources are subscribed to, and this returns at once.
    package func listen(to filter: SubscriptionFilter) async throws {
        let peer = try await connect()
        guard peer.version.era == .modern else {
            guard peer.capabilities.resources?.subscribe == true else { return }
            for uri in filter.resourceSubscriptions ?? [] {
                _ = try await request(Method.subscribeResource, ["uri": .string(uri)])
            }
            return
        }
        _ = try await exchange(
            Method.listen,
            ["notifications": filter.json],
            RequestOptions(timeout: .seconds(365 * 24 * 3_600))
        )
    }

    // MARK: - Lists

    /// Reads all pages; a cursor that comes back, or a list without end, is an error.
    private func listAll<Item: PagedItem>(_ method: String) async throws -> Listing<Item> {
        var listing = Listing<Item>()
        var cursor: String?
        var seen: Set<String> = []
        repeat {
            let result = try await request(method, cursor.map { ["cursor": .string($0)] } ?? [:])
            guard let items = result[Item.listName]?.arrayValue else {
                throw ConnectionError.malformed("the answer to \(method) has no \(Item.listName)")
            }
            guard listing.count + items.count <= options.maximumListed else {
                throw ConnectionError.malformed("\(method) lists more than \(options.maximumListed)")
            }
            for item in items { listing.add(item) }
            cursor = result["nextCursor"]?.stringValue
            if let cursor, !seen.insert(cursor).inserted || seen.count > options.maximumListed {
                throw ConnectionError.malformed("\(method) gives the same cursor again, or too many")
            }
        } while cursor != nil
        return listing
    }
}

/// What a server lists, and what of it cannot be used.
package struct Listing<Item: PagedItem>: Sendable {
    package var items: [Item] = []
    /// Why others are left out, each with its name.
    package var rejected: [String] = []

    package init() {}

    var count: Int { items.count + rejected.count }

    fileprivate mutating func add(_ json: JSONValue) {
        do { items.append(try Item(json: json)) } catch {
            rejected.append("\(Excerpt.of(json["name"]?.stringValue ?? "without a name")): \(error)")
        }
    }
}
