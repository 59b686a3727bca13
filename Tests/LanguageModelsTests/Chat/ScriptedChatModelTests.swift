import LanguageModels
import Testing

@Suite("A scripted model")
struct ScriptedChatModelTests {
    private func request(_ text: String) -> ChatRequest {
        ChatRequest(messages: [.system("Be brief."), .user(text)])
    }

    @Test("gives its replies in order and remembers what it was asked")
    func replies() async throws {
        let model = ScriptedChatModel(name: "parrot", replies: ["one", .text("two", .length)])
        #expect(model.name == "parrot")
        let first = try await model.reply(to: request("a"))
        let second = try await model.reply(to: request("b"))
        #expect(first.text == "one")
        #expect(first.finishReason == .stop)
        #expect(second.text == "two")
        #expect(second.finishReason == .length)
        #expect(await model.requests == [request("a"), request("b")])
    }

    @Test("names the request when it has no reply left, and remembers that too")
    func exhausted() async throws {
        let model = ScriptedChatModel(replies: ["one"])
        _ = try await model.reply(to: request("a"))
        let error = await #expect(throws: ChatModelError.self) { try await model.reply(to: request("Plan\n my trip")) }
        #expect(error?.kind == .scriptExhausted)
        #expect(error?.model == "scripted")
        #expect(error?.detail == "call 2 was 2 messages, the last by user: \"Plan my trip\"")
        #expect(await model.requests.count == 2)
    }

    @Test("finds its reply by looking at the request")
    func answering() async throws {
        let model = ScriptedChatModel { request in
            request.messages.last?.content == "known" ? "found" : nil
        }
        #expect(try await model.reply(to: request("known")).text == "found")
        await #expect(throws: ChatModelError.self) { try await model.reply(to: request("unknown")) }
    }

    @Test("fails where the script says so, and goes on afterwards")
    func failure() async throws {
        let overloaded = ChatModelError(.overloaded, model: "m", detail: "429", retryAfter: .seconds(2))
        let model = ScriptedChatModel(replies: [.failure(overloaded), "fine"])
        await #expect(throws: overloaded) { try await model.reply(to: request("a")) }
        #expect(try await model.reply(to: request("a")).text == "fine")
    }

    @Test("says what a reply cost by the counter it was given")
    func usage() async throws {
        struct Letters: TokenCounter {
            var source: TokenUsage.Source { .counted }
            func count(_ text: String) -> Int { text.count }
        }
        let model = ScriptedChatModel(replies: ["four"], counter: Letters())
        let reply = try await model.reply(to: request("a"))
        #expect(reply.usage.completion == 4)
        #expect(reply.usage.prompt > "Be brief.".count)
        #expect(reply.usage.source == .counted)
    }

    @Test("does not answer a task that was cancelled")
    func cancelled() async {
        let model = ScriptedChatModel(replies: ["one"])
        let request = request("a")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await model.reply(to: request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await model.requests.isEmpty)
    }
}
