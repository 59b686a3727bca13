import JSONSchema
import LanguageModels
import SkillHarness
import Synchronization
import Testing

@Suite("The loop of an agent")
struct AgentLoopTests {
    private static func call(_ id: String, _ name: String, _ arguments: String) -> ChatToolCall {
        ChatToolCall(id: id, name: name, arguments: arguments)
    }

    private func run(
        _ replies: [ScriptedReply],
        options: AgentOptions = AgentOptions(),
        budget: Int = 32_000,
        preselect: (@Sendable (String) async throws -> [String])? = nil
    ) async throws -> (result: AgentResult, conversation: Conversation, requests: [ChatRequest], events: [AgentEvent]) {
        let session = try await Fixture.session()
        let model = ScriptedChatModel(replies: replies)
        let loop = AgentLoop(
            model: model,
            session: session,
            assembler: ContextAssembler(systemText: "Be brief.", budget: budget, counter: LengthEstimate()),
            options: options,
            preselect: preselect
        )
        let events = Mutex<[AgentEvent]>([])
        var conversation = Conversation()
        let menu = await session.menu()
        let result = try await loop.run("Fetch the page", in: &conversation, menu: menu) { event in
            events.withLock { $0.append(event) }
        }
        return (result, conversation, await model.requests, events.withLock(\.self))
    }

    @Test("the model loads a skill, calls its tool and answers; each prompt begins like the one before")
    func wholeWay() async throws {
        let (result, conversation, requests, events) = try await run([
            .toolCalls([Self.call("1", "load_skill", #"{"name": "web"}"#)]),
            .toolCalls([Self.call("2", "fetch", #"{"value": "page"}"#)], text: "Fetching."),
            "Here it is.",
        ])
        #expect(result.reason == .answered && result.answer == "Here it is." && result.steps == 3)
        #expect(conversation.turns.count == 4)
        #expect(conversation.turns[1].documents == ["web"])
        #expect(conversation.turns[2].messages.last?.content.contains("web.fetch") == true)
        for (earlier, later) in zip(requests, requests.dropFirst()) {
            #expect(Array(later.messages.prefix(earlier.messages.count)) == earlier.messages)
            #expect(Array(later.tools.prefix(earlier.tools.count)) == earlier.tools)
        }
        #expect(events.last == .finished(result))
    }

    @Test("skills that routing names are loaded before the model is asked, with their documents")
    func routed() async throws {
        let (_, conversation, requests, events) = try await run(["Done."], preselect: { _ in ["web", "missing"] })
        #expect(events.first == .routed(skills: ["web"]))
        #expect(conversation.turns[0].documents == ["web"])
        #expect(requests[0].messages[1].content.contains("How to use web."))
        #expect(requests[0].tools.contains { $0.name == "fetch" })
    }

    @Test("a model that never ends is stopped by the number of steps, and one that costs too much by its tokens")
    func limits() async throws {
        let endless = ScriptedReply.toolCalls([Self.call("1", "list_skills", "{}")])
        let steps = try await run(Array(repeating: endless, count: 9), options: AgentOptions(maximumSteps: 4))
        #expect(steps.result.reason == .stepLimit && steps.result.steps == 4)
        let tokens = try await run(Array(repeating: endless, count: 9), options: AgentOptions(maximumTokens: 1))
        #expect(tokens.result.reason == .tokenBudget && tokens.result.steps == 1)
        let context = try await run([endless], budget: 10)
        #expect(context.result.reason == .contextFull && context.result.steps == 0)
    }

    @Test("broken arguments and unknown tools are told to the model, which goes on")
    func mistakes() async throws {
        let (result, conversation, _, _) = try await run([
            .toolCalls([Self.call("1", "load_skill", "{name"), Self.call("2", "nothing", "{}")]), "I give up.",
        ])
        #expect(result.reason == .answered)
        let results = conversation.turns[1].messages.filter { $0.role == .tool }.map(\.content)
        #expect(results.count == 2)
        #expect(results[0].hasPrefix("Error: the arguments are not JSON"))
        #expect(results[1].hasPrefix("Error: there is no tool 'nothing'"))
    }

    @Test("a model that fails ends the work with its error, and the conversation keeps what was said")
    func failure() async throws {
        await #expect(throws: ChatModelError.self) {
            try await run([.failure(ChatModelError(.overloaded, model: "m", detail: "busy"))])
        }
    }
}
