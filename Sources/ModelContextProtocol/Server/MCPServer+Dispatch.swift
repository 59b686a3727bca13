import JSONSchema

extension MCPServer {
    /// Does what a request asks; what both eras have has one place here.
    func dispatch(
        _ request: Message.Request,
        _ context: RequestContext,
        _ link: ClientLink,
        agreement: LegacyAgreement?
    ) async throws -> JSONObject {
        let isModern = agreement == nil
        let parameters = request.parameters
        switch request.method {
        case Method.discover where isModern: return discovered()
        case Method.listTools where surface.capabilities.tools != nil:
            return listed(try await surface.tools(after: try cursor(parameters)).json, isModern)
        case Method.callTool where surface.capabilities.tools != nil:
            return try await callTool(request, context, link, isModern)
        case Method.listResources where surface.capabilities.resources != nil:
            return listed(try await surface.resources(after: try cursor(parameters)).json, isModern)
        case Method.listResourceTemplates where surface.capabilities.resources != nil:
            return listed(try await surface.resourceTemplates(after: try cursor(parameters)).json, isModern)
        case Method.readResource where surface.capabilities.resources != nil:
            guard let uri = parameters["uri"]?.stringValue else {
                throw ProtocolError.invalidParameters("uri is missing")
            }
            return listed(try await surface.readResource(uri, context).json, isModern)
        case Method.getTask where isModern && hasTasks:
            return try await surface.task(try taskID(parameters), context).json.objectValue ?? JSONObject()
        case Method.updateTask where isModern && hasTasks:
            let answers = parameters["inputResponses"]?.objectValue ?? JSONObject()
            try await surface.updateTask(try taskID(parameters), answers, context)
            return JSONObject()
        case Method.cancelTask where isModern && hasTasks:
            try await surface.cancelTask(try taskID(parameters), context)
            return JSONObject()
        case Method.listen where isModern: return try await listen(request, link)
        default: throw ProtocolError.methodNotFound(request.method)
        }
    }

    private var hasTasks: Bool { surface.capabilities.supports(extension: ProtocolExtension.tasks) }

    private func discovered() -> JSONObject {
        let result = DiscoverResult(
            supportedVersions: ProtocolVersion.supported.map(\.rawValue),
            capabilities: surface.capabilities,
            instructions: surface.instructions
        )
        return listed(result.json, true)
    }

    /// A result that may be kept for a while says how long, in the era that has that.
    private func listed(_ json: JSONValue, _ isModern: Bool) -> JSONObject {
        var result = json.objectValue ?? JSONObject()
        if isModern { surface.listLifetime.write(into: &result) }
        return result
    }

    private func cursor(_ parameters: JSONObject) throws -> String? {
        switch parameters["cursor"] {
        case nil, .null: return nil
        case .string(let cursor): return cursor
        default: throw ProtocolError.invalidParameters("Invalid cursor")
        }
    }

    private func taskID(_ parameters: JSONObject) throws -> String {
        guard let id = parameters["taskId"]?.stringValue else {
            throw ProtocolError.invalidParameters("taskId is missing")
        }
        return id
    }

    // MARK: - Tools

    private func callTool(
        _ request: Message.Request,
        _ context: RequestContext,
        _ link: ClientLink,
        _ isModern: Bool
    ) async throws -> JSONObject {
        guard let name = request.parameters["name"]?.stringValue else {
            throw ProtocolError.invalidParameters("name is missing")
        }
        let arguments: JSONObject
        switch request.parameters["arguments"] {
        case .object(let members): arguments = members
        case nil, .null: arguments = JSONObject()
        default: throw ProtocolError.invalidParameters("arguments must be an object")
        }
        var call = ToolRequest(name: name, arguments: arguments)
        let binding = StateSeal.binding([.string(context.principal), .string(name), .object(arguments)])
        if isModern {
            call.answers = request.parameters["inputResponses"]?.objectValue
            if let given = request.parameters["requestState"], given != .null {
                // Anything but a text is no state of ours, which `open` says.
                let text = given.stringValue ?? ""
                do { call.state = try seal.open(text, binding: binding, now: now()) } catch {
                    throw ProtocolError(
                        ProtocolError.Code.invalidParameters,
                        "requestState: \(error)",
                        data: ["reason": "invalid_request_state"]
                    )
                }
            }
        }
        var rounds = 0
        while true {
            switch try await surface.callTool(call, context) {
            case .result(let result): return result.json.objectValue ?? JSONObject()
            case .task(let task):
                guard isModern, context.takesTasks else { throw ProtocolError.internalFault }
                return CreateTaskResult(task).json.objectValue ?? JSONObject()
            case .questions(let questions, let state):
                try check(questions, context)
                guard !isModern else {
                    let sealed = seal.seal(state, binding: binding, now: now())
                    let result = InputRequiredResult(inputRequests: questions, requestState: sealed)
                    return result.json.objectValue ?? JSONObject()
                }
                rounds += 1
                guard rounds <= Self.maximumRounds, let ask = link.ask else { throw ProtocolError.internalFault }
                var answers = JSONObject()
                for (name, question) in questions {
                    let parameters = question.json["params"]?.objectValue ?? JSONObject()
                    answers[name] = .object(try await ask(question.method, parameters))
                }
                call.answers = answers
                call.state = state
            }
        }
    }

    private static let maximumRounds = 8

    /// Only what the client said it can answer may be asked.
    private func check(_ questions: InputRequests, _ context: RequestContext) throws {
        for (_, question) in questions where !context.capabilities.allows(question) {
            throw ProtocolError.missingCapability(
                question.requiredCapability,
                "This request needs an answer this client does not say it can give"
            )
        }
    }

    // MARK: - Subscriptions

    /// Stays until the task is cancelled; the response says that the server ended it, and goes nowhere where the client
    /// did.
    private func listen(_ request: Message.Request, _ link: ClientLink) async throws -> JSONObject {
        let wanted = try SubscriptionFilter(parameter: request.parameters["notifications"] ?? .object(JSONObject()))
        let honoured = surface.capabilities.honoured(wanted)
        let mark: JSONObject = [MetaKey.subscriptionID: request.id.json]
        // Before the acknowledgement, after which nothing may be missed.
        let changes = surface.changes()
        link.notify(
            Message.Notification(Method.acknowledged, [MetaKey.meta: .object(mark), "notifications": honoured.json])
        )
        if let changes {
            for await change in changes {
                guard var notification = change.notification(within: honoured) else { continue }
                notification.parameters[MetaKey.meta] = .object(mark)
                link.notify(notification)
            }
        } else {
            // Nothing will ever be said, but the stream stays open.
            for await _ in AsyncStream<Never>.makeStream().stream {}
        }
        return [MetaKey.meta: .object(mark)]
    }
}

extension SurfaceChange {
    /// The notification a subscriber gets; nil for one that did not ask for it.
    func notification(within filter: SubscriptionFilter) -> Message.Notification? {
        switch self {
        case .tools: filter.toolsListChanged == true ? Message.Notification(Method.toolsChanged) : nil
        case .resources: filter.resourcesListChanged == true ? Message.Notification(Method.resourcesChanged) : nil
        case .resource(let uri):
            filter.resourceSubscriptions?.contains(uri) == true
                ? Message.Notification(Method.resourceUpdated, ["uri": .string(uri)]) : nil
        }
    }
}

extension ServerCapabilities {
    /// The part of a filter this server says something about.
    func honoured(_ wanted: SubscriptionFilter) -> SubscriptionFilter {
        var honoured = SubscriptionFilter()
        if wanted.toolsListChanged == true, tools?.listChanged == true { honoured.toolsListChanged = true }
        if wanted.resourcesListChanged == true, resources?.listChanged == true { honoured.resourcesListChanged = true }
        if resources?.subscribe == true { honoured.resourceSubscriptions = wanted.resourceSubscriptions }
        return honoured
    }
}
