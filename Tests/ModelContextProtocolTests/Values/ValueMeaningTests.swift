import JSONSchema
import ModelContextProtocol
import Testing

@Suite("What values of the protocol mean")
struct ValueMeaningTests {
    @Test(
        "A client that names no way of asking shows forms",
        arguments: [
            ("{}", true, false), (#"{"form": {}}"#, true, false), (#"{"url": {}}"#, false, true),
            (#"{"form": {}, "url": {"a": 1}}"#, true, true), (#"{"form": null, "url": null}"#, true, false),
        ]
    )
    func elicitation(_ text: String, _ showsForms: Bool, _ opensURLs: Bool) throws {
        let capability = try ElicitationCapability(json: JSONParser.parse(text))
        #expect(capability.showsForms == showsForms)
        #expect(capability.opensURLs == opensURLs)
    }

    @Test("An extension is supported when it has settings, if only empty ones")
    func extensions() throws {
        let capabilities = try ClientCapabilities(json: ["extensions": ["a/b": [:], "a/c": true]])
        #expect(capabilities.supports(extension: "a/b"))
        #expect(!capabilities.supports(extension: "a/c"))
        #expect(!capabilities.supports(extension: "a/d"))
        #expect(!ServerCapabilities().supports(extension: "a/b"))
    }

    @Test("A hint for caches is read from any result and written into any")
    func cacheHint() throws {
        var result: JSONObject = ["contents": [], "ttlMs": -5, "cacheScope": "private"]
        let hint = try #require(try CacheHint(in: result))
        #expect(hint == CacheHint(ttlMs: -5, scope: .private))
        #expect(hint.freshMilliseconds == 0)
        CacheHint(ttlMs: 10, scope: .public).write(into: &result)
        #expect(result == ["contents": [], "ttlMs": 10, "cacheScope": "public"])
    }

    @Test(
        "Half a hint is none, and is kept",
        arguments: [#"{"tools": [], "ttlMs": 5}"#, #"{"tools": [], "cacheScope": "public"}"#, #"{"tools": []}"#]
    )
    func halfHint(_ text: String) throws {
        let json = try JSONParser.parse(text)
        let page = try ToolsPage(json: json)
        #expect(page.cache == nil)
        #expect(page.json == json)
    }

    @Test("A tool has failed only when its result says so, and what was said is written")
    func isError() throws {
        #expect(CallToolResult(content: []).json == ["content": []])
        var result = try CallToolResult(json: ["content": [], "isError": false])
        #expect(!result.isError)
        #expect(result.json == ["content": [], "isError": false])
        result.isError = true
        #expect(result.json == ["content": [], "isError": true])
    }

    @Test("A structured result may be null, and one that is absent is not")
    func structuredNull() throws {
        let stated = try CallToolResult(json: ["content": [], "structuredContent": .null])
        #expect(stated.structuredContent == JSONValue.null)
        #expect(stated.json == ["content": [], "structuredContent": .null])
        #expect(try CallToolResult(json: ["content": []]).structuredContent == nil)
    }

    @Test("A bad icon spoils neither the tool nor the other icons")
    func icons() throws {
        let icons: JSONValue = [["src": "https://a.example/i.png"], ["src": 1], "none"]
        var tool = try Tool(json: ["name": "a", "inputSchema": [:], "icons": icons])
        #expect(tool.icons == [Icon(source: "https://a.example/i.png")])
        #expect(tool.json["icons"] == icons)
        tool.icons = []
        #expect(tool.json["icons"] == nil)
    }

    @Test("A completion gives a hundred values and counts the others")
    func completion() {
        let long = Completion(firstOf: (0..<101).map { "\($0)" })
        #expect(long.values.count == 100 && long.values.last == "99")
        #expect(long.total == 101 && long.hasMore == true)
        let short = Completion(firstOf: ["a"])
        #expect(short.total == 1 && short.hasMore == false)
    }

    @Test("Log levels are ordered by how grave they are")
    func levels() {
        #expect(LogLevel.allCases.sorted() == LogLevel.allCases)
        #expect(LogLevel.debug < .warning && LogLevel.emergency > .alert)
    }

    @Test("The status of a task is that of what comes with it")
    func taskStatus() {
        var task = TaskState(TaskExamples.summary(.working), .completed(["content": []]))
        #expect(task.json["status"] == "completed")
        task.payload = .cancelled
        #expect(task.task.status == .cancelled)
        #expect(task.json["status"] == "cancelled" && task.json["result"] == nil)
        #expect(TaskStatus.allCases.filter(\.isFinal) == [.completed, .cancelled, .failed])
    }

    @Test("A task without a time to live says so with null")
    func unlimitedTask() {
        var summary = TaskExamples.summary(.working)
        summary.ttlMs = nil
        #expect(CreateTaskResult(summary).json["ttlMs"] == .null)
    }

    @Test(
        "Numbers are written as JSON can hold them",
        arguments: [
            (0.5, JSONValue.number(0.5)), (3, 3), (-0.0, 0), (.nan, .null), (.infinity, .null), (1e300, .number(1e300)),
        ]
    )
    func numbers(_ number: Double, _ expected: JSONValue) {
        let preferences = ModelPreferences(costPriority: number)
        #expect(preferences.json["costPriority"] == expected)
    }
}
