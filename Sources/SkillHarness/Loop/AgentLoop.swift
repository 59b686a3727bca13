import JSONSchema
public import LanguageModels
import SkillCatalog

/// The loop of an agent: ask the model, make the calls it asks for, and so on until it asks for none.
public struct AgentLoop: Sendable {
    private let model: any ChatModel
    private let session: SkillSession
    private let assembler: ContextAssembler
    private let options: AgentOptions
    private let preselect: (@Sendable (String) async throws -> [String])?

    /// - Parameter preselect: names the skills to load for a request before the model sees it; nil for the menu alone.
    public init(
        model: any ChatModel,
        session: SkillSession,
        assembler: ContextAssembler,
        options: AgentOptions = AgentOptions(),
        preselect: (@Sendable (String) async throws -> [String])? = nil
    ) {
        self.model = model
        self.session = session
        self.assembler = assembler
        self.options = options
        self.preselect = preselect
    }

    /// Works on one request until the model has its answer or a limit is reached.
    ///
    /// - Parameters:
    ///   - conversation: grows by the request and all that follows.
    ///   - report: is told what happens, in order; it may be slow, the loop waits.
    /// - Throws: `ChatModelError` where the model fails; what was said by then is in the conversation.
    public func run(
        _ request: String,
        in conversation: inout Conversation,
        menu: SkillMenu,
        report: @Sendable (AgentEvent) async -> Void
    ) async throws -> AgentResult {
        conversation.append(try await opening(request, report))
        var result = AgentResult(reason: .stepLimit, answer: "", steps: 0, usage: .none)
        while result.steps < options.maximumSteps {
            let (prompt, context) = assembler.assemble(
                &conversation,
                menu: menu,
                loaded: await session.loadedInOrder,
                tools: await session.activeTools
            )
            await report(.context(context))
            guard context.total <= assembler.budget else {
                result.reason = .contextFull
                break
            }
            let reply = try await reply(to: prompt, report)
            result.steps += 1
            result.answer = reply.text
            result.usage = .sum(of: [result.usage, reply.usage])
            guard !reply.toolCalls.isEmpty else {
                conversation.append(.init([reply.message]))
                result.reason = .answered
                break
            }
            conversation.append(await turn(of: reply, request, report))
            if let limit = options.maximumTokens, result.usage.prompt + result.usage.completion >= limit {
                result.reason = .tokenBudget
                break
            }
        }
        await report(.finished(result))
        return result
    }

    /// The user's message, with the documents of the skills that were loaded for it.
    private func opening(_ request: String, _ report: (AgentEvent) async -> Void) async throws -> Conversation.Turn {
        var (text, documents, loaded) = (request, Set<String>(), [String]())
        for name in try await preselect?(request) ?? [] {
            // A skill that cannot be loaded is left to the model, which can look for another.
            guard let skill = try? await session.load(name, request: request) else { continue }
            loaded.append(skill.skill.id)
            guard skill.givesDocument else { continue }
            documents.insert(skill.skill.id)
            text += "\n\n---\n\(skill.text)"
        }
        if !loaded.isEmpty { await report(.routed(skills: loaded)) }
        return .init([.user(text)], documents: documents)
    }

    private func reply(to prompt: ChatRequest, _ report: (AgentEvent) async -> Void) async throws -> ChatReply {
        for try await delta in try await model.stream(prompt) {
            switch delta {
            case .text(let text): await report(.text(text))
            case .finished(let reply):
                await report(.replied(reply))
                return reply
            case .reasoning, .toolCall, .toolArguments: break
            }
        }
        throw ChatModelError(.malformedReply, model: model.name, detail: "the stream ended without a reply")
    }

    /// A reply and the results of its calls, made one after another: a later one may rely on what an earlier one did.
    private func turn(
        of reply: ChatReply,
        _ request: String,
        _ report: (AgentEvent) async -> Void
    ) async -> Conversation.Turn {
        var turn = Conversation.Turn([reply.message])
        for call in reply.toolCalls {
            await report(.calling(call))
            let outcome = await outcome(of: call, request)
            await report(.returned(call, outcome))
            turn.messages.append(.toolResult(outcome.text, of: call.id))
            if let document = outcome.document { turn.documents.insert(document) }
        }
        return turn
    }

    private func outcome(of call: ChatToolCall, _ request: String) async -> DispatchOutcome {
        do {
            return await session.dispatch(call.name, arguments: try call.parsedArguments(), request: request)
        } catch {
            return DispatchOutcome(text: "Error: the arguments are not JSON: \(error). Call the tool again.")
        }
    }
}
