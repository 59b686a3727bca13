import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Synchronization
import TestSupport
import Testing

/// Our client and a server on the official SDK that uses every feature.
@Suite("A client with a server on the official SDK", .enabled(if: PeerProgram.areInstalled, PeerProgram.absence))
struct RealServerTests {
    private func text(_ result: CallToolResult) -> String {
        result.content.compactMap(\.plainText).joined(separator: "|")
    }

    @Test("the era that was asked for is agreed on, and the server says who it is", arguments: Road.all)
    func agreement(road: Road) async throws {
        let peer = try await PeerHall.shared.client(by: road).connect()
        #expect(peer.version.era == road.era)
        #expect(peer.info?.name == "everything")
        #expect(peer.instructions?.hasPrefix("A server for tests") == true)
        #expect(
            peer.capabilities.tools != nil && peer.capabilities.resources != nil && peer.capabilities.prompts != nil
        )
    }

    @Test("lists are read to their last page", arguments: Road.all)
    func lists(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let tools = try await client.listTools()
        #expect(tools.items.filter { $0.name.hasPrefix("bulk_") }.count == 120)
        #expect(Set(tools.items.map(\.name)).count == tools.items.count)
        #expect(tools.rejected.isEmpty)
        let resources = try await client.listResources()
        #expect(
            resources.items.contains { $0.uri == "page://59" } && resources.items.contains { $0.uri == "note://first" }
        )
        #expect(try await client.listResourceTemplates().items.map(\.uriTemplate) == ["note://{name}"])
        #expect(try await client.listPrompts().items.map(\.name) == ["review"])
    }

    @Test("text goes and comes as it is, structured results beside it", arguments: Road.all)
    func calls(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let odd = "\u{0}tab\t\"quote\" \\ é 😀 \u{2028} line\nbreak"
        let echo = try await client.callTool("echo", ["text": .string(odd)])
        #expect(text(echo) == odd)
        #expect(try await client.callTool("add", ["a": 40, "b": 2]).structuredContent?["result"] == 42)
        let weather = try await client.callTool("weather", ["city": "Oslo"])
        #expect(weather.structuredContent?["wind"]?["speed"]?.doubleValue == 3.25)
        #expect(weather.structuredContent?["warnings"] == ["pollen", "UV"])
        #expect(!weather.isError)
    }

    @Test("every kind of content arrives as what it is", arguments: Road.all)
    func contents(road: Road) async throws {
        let result = try await PeerHall.shared.client(by: road).callTool("every_content")
        let kinds = result.content.map { block in
            switch block {
            case .text: "text"
            case .image(let image): image.mimeType
            case .audio(let audio): audio.mimeType
            case .resourceLink(let link): link.resource.uri
            case .resource(let resource):
                if case .blob = resource.resource.body { "blob" } else { resource.resource.uri }
            case .other: "other"
            }
        }
        #expect(kinds == ["text", "image/png", "audio/wav", "note://first", "note://first", "blob"])
    }

    @Test("a result of a megabyte arrives whole", arguments: Road.all)
    func bigResult(road: Road) async throws {
        let result = try await PeerHall.shared.client(by: road).callTool("big", ["kilobytes": 1_024])
        #expect(text(result).utf8.count == 1 << 20)
    }

    @Test("fifty calls at once get each their own answer", arguments: Road.all)
    func concurrency(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    let result = try await client.callTool("bulk_0007", ["x": JSONValue(number)])
                    return (number, result.structuredContent?["result"]?.intValue)
                }
            }
            for try await (number, sum) in group { #expect(sum == number + 7) }
        }
    }

    @Test("failures are told apart: of the tool, of the protocol, of the arguments", arguments: Road.all)
    func failures(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let failed = try await client.callTool("fail")
        #expect(failed.isError && text(failed).contains("the tool failed as asked"))
        #expect(try await client.callTool("fail", ["kind": "crash"]).isError)
        let error = await #expect(throws: ProtocolError.self) {
            try await client.callTool("fail", ["kind": "protocol"])
        }
        #expect(error?.code == -32_050 && error?.data == ["reason": "asked for"])
        #expect(try await client.callTool("nobody_wrote_this").isError)
        #expect(try await client.callTool("add", ["a": "x"]).isError)
        let unknown = await #expect(throws: ProtocolError.self) { try await client.request("made/up") }
        #expect(unknown?.code == ProtocolError.Code.methodNotFound)
        await #expect(throws: ProtocolError.self) { try await client.readResource("nowhere://at/all") }
    }

    @Test("progress is told step by step, and only to who asked", arguments: Road.all)
    func progress(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let steps = Mutex<[CallProgress]>([])
        let options = RequestOptions(onProgress: { progress in steps.withLock { $0.append(progress) } })
        async let other = client.callTool("count", ["steps": 2])
        #expect(text(try await client.callTool("count", ["steps": 5], options)) == "counted to 5")
        #expect(text(try await other) == "counted to 2")
        #expect(steps.withLock { $0.map(\.progress) } == [1, 2, 3, 4, 5])
        #expect(steps.withLock { $0.allSatisfy { $0.total == 5 && $0.message?.hasPrefix("step") == true } })
    }

    @Test("a call that is cancelled ends at once, and the server stops working on it", arguments: Road.all)
    func cancellation(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let label = "cancelled \(road.testDescription)"
        let begun = AsyncStream<Void>.makeStream()
        let call = Task {
            let options = RequestOptions(onProgress: { _ in begun.continuation.yield() })
            return try await client.callTool("wait", ["seconds": 600, "label": .string(label)], options)
        }
        for await _ in begun.stream { break }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        try await seesCancelled(client, label)
    }

    @Test("a call that takes too long is given up, and the server stops working on it", arguments: Road.all)
    func timeouts(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let label = "late \(road.testDescription)"
        let error = await #expect(throws: ConnectionError.self) {
            try await client.callTool(
                "wait",
                ["seconds": 600, "label": .string(label)],
                RequestOptions(timeout: .seconds(1))
            )
        }
        #expect(error == .timedOut(after: .seconds(1)))
        try await seesCancelled(client, label)
        #expect(text(try await client.callTool("echo", ["text": "still here"])) == "still here")
    }

    /// Asks until the server has seen it; a test that waits for ever is ended by its time limit.
    private func seesCancelled(_ client: MCPClient, _ label: String) async throws {
        try await withDeadline(.seconds(20)) {
            while !self.text(try await client.callTool("cancelled")).contains(label) { await Task.yield() }
        }
    }

    @Test("what a server asks in between is answered", arguments: Road.all)
    func input(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        #expect(text(try await client.callTool("book", ["to": "Rome"])) == "Ada to Rome, 2 seats")
        #expect(text(try await client.callTool("sample")) == "scripted said word")
        #expect(text(try await client.callTool("roots")) == "file:///work")
        #expect(text(try await client.callTool("sign_in")).hasPrefix("sign-in: accept"))
        if road.era == .modern {
            #expect(text(try await client.callTool("two_rounds")) == "after round 2")
        }
    }

    @Test("resources, templates and prompts", arguments: Road.all)
    func resources(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        #expect(try await client.readResource("note://first").contents.map(\.body) == [.text("The first note.")])
        #expect(try await client.readResource("note://other").contents.map(\.body) == [.text("there is no note other")])
        guard case .blob(let pixel) = try await client.readResource("data://pixel").contents.first?.body else {
            Issue.record("the pixel is no blob")
            return
        }
        #expect(Base64Text.decode(pixel.utf8)?.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
        let prompt = try await client.getPrompt("review", ["code": "let x = 1"])
        #expect(prompt.messages.count == 1)
        #expect("\(prompt.messages[0].json)".contains("let x = 1"))
        try await client.checkHealth()
    }

    @Test("logs come from the level that was asked for", arguments: Road.all)
    func logs(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let notices = client.notices()
        let mark = "log of \(road.testDescription)"
        _ = try await client.callTool("log", ["text": .string(mark)])
        var levels: [LogLevel] = []
        for await notice in notices {
            guard case .log(let entry) = notice, entry.data["text"]?.stringValue == mark else { continue }
            levels.append(entry.level)
            if entry.level == .emergency { break }
        }
        #expect(levels.contains(.warning))
        // The SDK's legacy server leaves the level to its author.
        if road.era == .modern { #expect(!levels.contains(.debug)) }
    }

    @Test("changes of lists and of resources are heard of", arguments: Road.all)
    func changes(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let notices = client.notices()
        let filter = SubscriptionFilter(toolsListChanged: true, resourceSubscriptions: ["note://first"])
        let listening = Task { try await client.listen(to: filter) }
        let name = "learned_\(road.transport.rawValue)_\(road.era?.rawValue ?? "")"
        // In the modern era nothing says that the server listens, so it is caused again until it is heard.
        let causing = Task {
            while !Task.isCancelled {
                _ = try? await client.callTool("learn", ["name": .string(name)])
                _ = try? await client.callTool("touch")
            }
        }
        try await withDeadline(.seconds(30)) {
            var heard: Set<ServerNotice> = []
            for await notice in notices {
                heard.insert(notice)
                if heard.isSuperset(of: [.toolsChanged, .resourceUpdated(uri: "note://first")]) { return }
            }
        }
        causing.cancel()
        listening.cancel()
        _ = try? await listening.value
        _ = await causing.value
        #expect(try await client.listTools().items.contains { $0.name == name })
    }

    @Test("the context of a trace reaches the server", arguments: Road.all)
    func trace(road: Road) async throws {
        let client = try await PeerHall.shared.client(by: road)
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let options = RequestOptions(trace: TraceContext(values: ["traceparent": parent]))
        let facts = try await client.callTool("request_facts", JSONObject(), options).structuredContent
        #expect(
            facts?["meta"]?["traceparent"]?.stringValue == parent
                || facts?["result"]?["meta"]?["traceparent"]?.stringValue == parent
        )
    }

    @Test(
        "an argument that travels as a header is repeated there, also one that no header may hold",
        arguments: ["eu", "Zürich", " edges ", "=?base64?x?=", "line\r\nInjected: yes", ""]
    )
    func headers(region: String) async throws {
        let road = Road(transport: .http, era: .modern)
        let client = try await PeerHall.shared.client(by: road)
        _ = try await client.listTools()
        let result = try await client.callTool("routed", ["region": .string(region), "query": "q"])
        #expect(text(result) == "\(region): q")
    }

    @Test("a client that has not listed the tools finds out which arguments are headers")
    func headersUnlisted() async throws {
        let client = try await PeerHall.shared.newClient(by: Road(transport: .http, era: .modern))
        #expect(text(try await client.callTool("routed", ["region": "eu"])) == "eu: ")
        await client.close()
    }
}
