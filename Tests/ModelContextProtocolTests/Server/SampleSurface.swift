import JSONSchema
import ModelContextProtocol
import Synchronization

/// A small server that shows each thing the engine can do.
final class SampleSurface: ServerSurface {
    private struct State {
        var log: [String] = []
        var listeners: [Int: AsyncStream<SurfaceChange>.Continuation] = [:]
        var lastListener = 0
        var waiters: [(text: String, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    let identity = Implementation(name: "sample", version: "1.0")
    let instructions: String? = "For tests."
    let listLifetime = CacheHint(ttlMs: 5_000, scope: .public)
    let capabilities = ServerCapabilities(
        tools: ListCapability(listChanged: true),
        resources: ResourcesCapability(subscribe: true, listChanged: true),
        extensions: [ProtocolExtension.tasks: .object(JSONObject())]
    )

    // MARK: - What happened

    func note(_ text: String) {
        let waiters = state.withLock { state in
            state.log.append(text)
            let ready = state.waiters.filter { $0.text == text }
            state.waiters.removeAll { $0.text == text }
            return ready
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Waits until something was noted.
    func noted(_ text: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.log.contains(text) { return true }
                state.waiters.append((text, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func has(_ text: String) -> Bool { state.withLock { $0.log.contains(text) } }

    // MARK: - Tools

    func tools(after cursor: String?) async throws -> ToolsPage {
        let names = ["add", "wait", "count", "big", "book", "twice", "crash", "refuse", "change", "task", "who"]
        let start = try cursor.map { text in
            guard let start = Int(text), (0..<names.count).contains(start) else {
                throw ProtocolError.invalidParameters("Invalid cursor")
            }
            return start
        }
        let first = start ?? 0
        let end = min(first + 5, names.count)
        let tools = names[first..<end].map { name in
            let schema: JSONObject = [
                "type": "object", "properties": ["city": ["type": "string", "x-mcp-header": "City"]],
            ]
            return Tool(name: name, inputSchema: name == "who" ? schema : ["type": "object"])
        }
        return ToolsPage(tools, nextCursor: end < names.count ? "\(end)" : nil)
    }

    func callTool(_ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        let label = call.arguments["label"]?.stringValue ?? ""
        switch call.name {
        case "add":
            let sum = (call.arguments["a"]?.intValue ?? 0) + (call.arguments["b"]?.intValue ?? 0)
            return .result(
                CallToolResult(content: [.text(TextContent("\(sum)"))], structuredContent: ["sum": JSONValue(sum)])
            )
        case "wait":
            note("waiting \(label)")
            do { try await Task.sleep(for: .seconds(call.arguments["seconds"]?.doubleValue ?? 600)) } catch {
                note("cancelled \(label)")
                throw error
            }
            return text("waited")
        case "count":
            let steps = call.arguments["steps"]?.intValue ?? 3
            for step in 1...steps { context.progress(CallProgress(progress: Double(step), total: Double(steps))) }
            return text("counted to \(steps)")
        case "big":
            let size = call.arguments["bytes"]?.intValue ?? 1 << 20
            context.progress(CallProgress(progress: 1))
            return text(String(repeating: "x", count: size))
        case "book":
            guard let answer = call.answers?["form"] else { return .questions(["form": Self.form], state: "asked") }
            return text(
                "\(answer["action"]?.stringValue ?? "?") \(answer["content"]?["name"]?.stringValue ?? "") \(call.state?.stringValue ?? "")"
            )
        case "twice":
            switch call.state {
            case nil: return .questions(["first": Self.form], state: 1)
            case .some(1): return .questions(["second": Self.form], state: 2)
            default: return text("after \(call.state?.intValue ?? 0) rounds")
            }
        case "crash": throw Unforeseen()
        case "refuse": throw ProtocolError(-32_050, "refused", data: ["why": "asked"])
        case "change":
            let listeners = state.withLock { Array($0.listeners.values) }
            for listener in listeners {
                listener.yield(.tools)
                listener.yield(.resource(uri: "note://first"))
            }
            return text("changed")
        case "task":
            guard context.takesTasks else { return text("at once") }
            return .task(summary)
        case "who": return text("\(context.principal)|\(context.client?.name ?? "-")|\(context.version)")
        default:
            return .result(
                CallToolResult(content: [.text(TextContent("no tool \(Excerpt.of(call.name))"))], isError: true)
            )
        }
    }

    static let form = InputRequest.elicitation(
        ElicitRequest(
            .form(
                FormElicitation(
                    message: "Who?",
                    requestedSchema: FormSchema(properties: ["name": .string(StringSchema())], required: ["name"])
                )
            )
        )
    )

    private func text(_ text: String) -> ToolReply { .result(CallToolResult(content: [.text(TextContent(text))])) }

    // MARK: - Resources

    func resources(after cursor: String?) async throws -> ResourcesPage {
        ResourcesPage([Resource(uri: "note://first", name: "first")])
    }

    func resourceTemplates(after cursor: String?) async throws -> ResourceTemplatesPage { ResourceTemplatesPage([]) }

    func readResource(_ uri: String, _ context: RequestContext) async throws -> ReadResourceResult {
        guard uri == "note://first" else { throw ProtocolError.invalidParameters("Unknown resource") }
        return ReadResourceResult([ResourceContents(uri: uri, text: "The first note.")])
    }

    // MARK: - Tasks

    private var summary: TaskSummary {
        TaskSummary(
            taskID: "task-1",
            status: .working,
            createdAt: "2026-01-01T00:00:00Z",
            lastUpdatedAt: "2026-01-01T00:00:00Z",
            pollIntervalMs: 20
        )
    }

    func task(_ id: String, _ context: RequestContext) async throws -> TaskState {
        guard id == "task-1" else { throw ProtocolError.invalidParameters("Unknown task") }
        let result = CallToolResult(content: [.text(TextContent("task done"))])
        return TaskState(summary, .completed(result.json.objectValue ?? JSONObject()))
    }

    func updateTask(_ id: String, _ answers: JSONObject, _ context: RequestContext) async throws {
        note("updated \(id)")
    }
    func cancelTask(_ id: String, _ context: RequestContext) async throws { note("cancelled \(id)") }

    func changes() -> AsyncStream<SurfaceChange>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: SurfaceChange.self,
            bufferingPolicy: .bufferingNewest(64)
        )
        let number = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = continuation
            return state.lastListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            self?.note("unlistened")
        }
        note("listened")
        return stream
    }

    var listenerCount: Int { state.withLock { $0.listeners.count } }
}

/// What the surface itself did not foresee.
struct Unforeseen: Error {}
