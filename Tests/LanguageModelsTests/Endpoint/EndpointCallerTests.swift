import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("Calls to an endpoint", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct EndpointCallerTests {
    private static let hello = ScriptedResponse.whole(completion(["content": "Hello"]))
    private static let broken = ScriptedResponse.whole("oops", status: "500 Internal Server Error", type: "text/plain")

    @Test(
        "are repeated after what passes",
        arguments: [
            ScriptedResponse.whole("{}", status: "429 Too Many Requests", headers: [("Retry-After", "0")]),
            .whole("{}", status: "503 Service Unavailable", headers: [("Retry-After", "86400")]),
            .whole("<html>Bad gateway</html>", status: "502 Bad Gateway", type: "text/html"),
            .whole(#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, status: "503 Busy"),
            .whole(#"{"type":"error"}"#, status: "529 Overloaded"), [.close], [.reset],
            [.text(ScriptedResponse.head("200 OK", [("Content-Length", "100")]) + "{"), .close],
        ]
    )
    func repeated(failure: ScriptedResponse) async throws {
        try await withScriptedServer([ScriptedServer.chat: [failure, failure, Self.hello]]) { server async throws in
            let reply = try await server.openAI().reply(to: question)
            #expect(reply.text == "Hello")
            #expect(try server.requests().count == 3)
        }
    }

    @Test("come to an end where everything fails: bounded attempts, then no calls at all")
    func noStorm() async throws {
        try await withScriptedServer([ScriptedServer.chat: [Self.broken]]) { server async throws in
            let model = try server.openAI(quickPolicy(attempts: 3, concurrency: 1))
            var kinds: [ChatModelError.Kind] = []
            for _ in 0..<20 { kinds.append(try await chatFailure { try await model.reply(to: question) }.kind) }
            #expect(kinds.prefix(2) == [.overloaded, .overloaded])
            #expect(kinds.dropFirst(2).allSatisfy { $0 == .suspended })
            #expect(try server.requests().count == 5)
        }
    }

    @Test("bring no storm when many fail at once")
    func noStormAtOnce() async throws {
        try await withScriptedServer([ScriptedServer.chat: [Self.broken]]) { server async throws in
            let model = try server.openAI(quickPolicy(attempts: 3, concurrency: 4))
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<64 { group.addTask { _ = try? await model.reply(to: question) } }
            }
            // The threshold, and what was on its way already.
            #expect(try server.requests().count <= 8)
        }
    }

    @Test("say what the server asks for when they give up")
    func retryAfter() async throws {
        let busy = ScriptedResponse.whole("{}", status: "429 Too Many Requests", headers: [("Retry-After", "7")])
        try await withScriptedServer([ScriptedServer.chat: [busy]]) { server async throws in
            let model = try server.openAI()
            let error = try await chatFailure { try await model.reply(to: question) }
            #expect(error.kind == .overloaded)
            #expect(error.retryAfter == .seconds(7))
            #expect(error.remedy == .retry)
        }
    }

    @Test("are on their way so many at a time, and no more")
    func concurrency() async throws {
        let answer = completion(["content": "Hello"])
        let head = ScriptedResponse.head(
            "200 OK",
            [("Content-Type", "application/json"), ("Content-Length", "\(answer.utf8.count)")]
        )
        try await withScriptedServer([ScriptedServer.chat: [[.crowd(4), .text(head + answer)]]]) {
            server async throws in
            let model = try server.openAI(quickPolicy(concurrency: 4))
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<64 { group.addTask { try await model.reply(to: question).text } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(texts.count == 64)
            #expect(try server.requests().map(\.inFlight).max() == 4)
        }
    }

    @Test("end when their time is over, whether nothing comes or a byte now and then", arguments: ["hang", "trickle"])
    func timeout(name: String) async throws {
        let head = ScriptedResponse.head("200 OK", [("Content-Length", "100000")])
        let slow: ScriptedResponse =
            name == "hang"
            ? [.hang] : [.text(head), .trickle(String(repeating: "x", count: 100_000), pause: 0.05)]
        try await withScriptedServer([ScriptedServer.chat: [slow]]) { server async throws in
            let model = try server.openAI(quickPolicy(timeout: .milliseconds(400)))
            let error = try await chatFailure { try await model.reply(to: question) }
            #expect(error.kind == .timedOut)
            #expect(try server.requests().count == 1)
            let stream = await #expect(throws: ChatModelError.self) {
                _ = try await model.stream(question).reply(of: model.name)
            }
            #expect(stream?.kind == .timedOut)
        }
    }

    @Test("do not take a reply without end")
    func tooLarge() async throws {
        let head = ScriptedResponse.head("200 OK", [("Content-Type", "application/json")])
        let endless: ScriptedResponse = [
            .text(head), .repeated(String(repeating: " ", count: 1 << 20), times: 1024), .close,
        ]
        try await withScriptedServer([ScriptedServer.chat: [endless]]) { server async throws in
            let error = try await chatFailure { try await server.openAI().reply(to: question) }
            #expect(error.kind == .malformedReply)
            #expect(error.detail.contains("too large"))
        }
    }

    @Test(
        "follow no redirect, to a file or with the key to another server",
        arguments: ["file:///etc/passwd", "http://127.0.0.1:9/steal"]
    )
    func redirect(location: String) async throws {
        let away = ScriptedResponse.whole("", status: "307 Temporary Redirect", headers: [("Location", location)])
        try await withScriptedServer([ScriptedServer.chat: [away]]) { server async throws in
            let error = try await chatFailure { try await server.openAI().reply(to: question) }
            #expect(error.kind == .rejected)
            #expect(try server.requests().count == 1)
        }
    }

    @Test("that are cancelled stop at once, while they wait, repeat or receive")
    func cancellation() async throws {
        try await withScriptedServer([ScriptedServer.chat: [[.hang]]]) { server async throws in
            let model = try server.openAI(quickPolicy(concurrency: 1))
            let first = Task { try await model.reply(to: question) }
            while try server.requests().isEmpty { await Task.yield() }
            let waiting = (0..<4).map { _ in Task { try await model.reply(to: question) } }
            // Those that wait go first, so that none of them gets the place of the one that is on its way.
            for task in waiting + [first] { task.cancel() }
            for task in waiting + [first] { await #expect(throws: CancellationError.self) { try await task.value } }
            try await server.waitUntilClientLeft()
            #expect(try server.requests().count == 1)
        }
    }

    @Test("say that nothing listens, and where")
    func unreachable() async throws {
        let port = try await withScriptedServer([:]) { $0.port }
        let endpoint = try ChatEndpoint(model: "qwen", address: "http://127.0.0.1:\(port)")
        let model = OpenAIChatModel(endpoint, policy: quickPolicy(), client: CurlHTTPClient())
        let error = try await chatFailure { try await model.reply(to: question) }
        #expect(error.kind == .unreachable)
        #expect(error.description.contains("http://127.0.0.1:\(port)"))
    }
}
