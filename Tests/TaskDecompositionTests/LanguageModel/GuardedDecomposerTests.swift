import LanguageModels
import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("A decomposer that falls back")
struct GuardedDecomposerTests {
    private static let request = "Download the dataset, transform it, and create a visual report"

    /// Every decomposer with a model, behind its guard.
    private static func guarded(
        _ model: any ChatModel,
        fallback: ModelPolicy.Fallback,
        patience: Duration? = nil
    ) -> [GuardedDecomposer] {
        let hints = ScriptedHints(Array(repeating: [SkillHint("api-client", 0.9)], count: 100))
        let skills = [SkillListing(skill: "api-client", name: "api-client")]
        let asking: [any DialogueDecomposer] = [
            VanillaDecomposer(model: model, patience: patience),
            SkillAwareDecomposer(model: model, hints: hints, patience: patience),
            RevisionDecomposer(model: model, hints: hints, draft: LocalDecomposer(), patience: patience),
            ReActDecomposer(model: model, hints: hints, patience: patience),
            DirectDecomposer(model: model, skills: skills, patience: patience),
        ]
        return asking.map { GuardedDecomposer($0, local: LocalDecomposer(), fallback: fallback) }
    }

    @Test("gives the local plan, and says why, for an answer that is of no use", arguments: BadReply.all)
    func local(bad: BadReply) async throws {
        let local = try await LocalDecomposer().decompose(Self.request)
        let model = ScriptedChatModel { _ in bad.reply }
        for decomposer in Self.guarded(model, fallback: .local) {
            let plan = try await decomposer.decompose(Self.request)
            let name = Comment(rawValue: decomposer.name)
            #expect(plan.subtasks == local.subtasks, name)
            let reason = try #require(plan.report.fallback, name)
            #expect(plan.diagnostics.first == "\(reason); the local plan stands in for the model's", name)
            #expect(plan.report.model == "scripted", name)
            // What was spent is reported, and bounded.
            #expect((1...16).contains(plan.report.calls), name)
            #expect(plan.tokens.prompt > 0, name)
            #expect(plan.report.rounds.last?.call == nil, name)
        }
    }

    @Test("fails and says why where nothing may stand in", arguments: BadReply.all)
    func none(bad: BadReply) async throws {
        let model = ScriptedChatModel(name: "m7") { _ in bad.reply }
        for decomposer in Self.guarded(model, fallback: .none) {
            let error = await #expect(throws: DecompositionError.self) { try await decomposer.decompose(Self.request) }
            guard case .modelFailed("m7", let reason) = error else {
                Issue.record("\(decomposer.name): \(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    private static let passable = ChatModelError.Kind.allCases.filter { $0 != .recordingUnusable }

    @Test("lets nothing stand in for a recording that is missing", arguments: ModelPolicy.Fallback.allCases)
    func recordings(fallback: ModelPolicy.Fallback) async throws {
        let error = ChatModelError(.recordingUnusable, model: "m", detail: "no recording of call 7")
        let model = ScriptedChatModel { _ in .failure(error) }
        for decomposer in Self.guarded(model, fallback: fallback) {
            await #expect(throws: error) { try await decomposer.decompose(Self.request) }
        }
    }

    @Test("gives the local plan for every other kind of failed call", arguments: passable)
    func failures(kind: ChatModelError.Kind) async throws {
        let local = try await LocalDecomposer().decompose(Self.request)
        let model = ScriptedChatModel { _ in .failure(ChatModelError(kind, model: "m", detail: "so it is")) }
        for decomposer in Self.guarded(model, fallback: .local) {
            let plan = try await decomposer.decompose(Self.request)
            #expect(plan.subtasks == local.subtasks)
            #expect(plan.report.fallback?.contains("so it is") == true)
            #expect(plan.report.calls == 0)
        }
        // No retry storm: one call each, and one more where the prompt may be cut.
        #expect(await model.requests.count == (kind == .promptTooLong ? 6 : 5))
    }

    @Test("reports what was spent before a call failed")
    func spent() async throws {
        let error = ChatModelError(.unreachable, model: "m", detail: "connection reset")
        let model = ScriptedChatModel(replies: [#"["Get the data", "Plot it"]"#, .failure(error)])
        let decomposer = Self.guarded(model, fallback: .local)[1]
        let plan = try await decomposer.decompose(Self.request)
        #expect(plan.report.calls == 1)
        #expect(plan.tokens.prompt > 0)
        #expect(plan.report.rounds.first?.call?.latency != nil)
    }

    @Test("does not wait for a model that never answers")
    func timeout() async throws {
        let local = try await LocalDecomposer().decompose(Self.request)
        for decomposer in Self.guarded(SilentModel(), fallback: .local, patience: .milliseconds(5)) {
            let plan = try await decomposer.decompose(Self.request)
            #expect(plan.subtasks == local.subtasks)
            #expect(plan.report.fallback?.contains("did not answer in time") == true)
        }
    }

    @Test("ends with the task when it is cancelled in the middle of a call, and makes no plan")
    func cancellation() async throws {
        for index in Self.guarded(SilentModel(), fallback: .local).indices {
            let model = SilentModel()
            let decomposer = Self.guarded(model, fallback: .local)[index]
            let task = Task { try await decomposer.decompose(Self.request) }
            await model.wasAsked()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("takes a cancelled call that looks like a broken connection for what it is")
    func cancellationInDisguise() async throws {
        let model = SilentModel(disguise: ChatModelError(.unreachable, model: "m", detail: "aborted"))
        let decomposer = Self.guarded(model, fallback: .local)[0]
        let task = Task { try await decomposer.decompose(Self.request) }
        await model.wasAsked()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("takes the answer of a model that has one, and names the model")
    func useful() async throws {
        let model = ScriptedChatModel(name: "m7") { request in
            request.responseFormat == .text
                ? #"["Download the dataset", "Transform the dataset", "Draw the report"]"#
                : #"{"steps": [{"text": "Download the dataset"}, {"text": "Transform it"}, {"text": "Draw a report"}]}"#
        }
        for decomposer in Self.guarded(model, fallback: .none) where decomposer.name != "react" {
            let plan = try await decomposer.decompose(Self.request)
            #expect(plan.subtasks.count == 3)
            #expect(plan.report.fallback == nil)
            #expect(plan.report.model == "m7")
            #expect(plan.report.calls == (decomposer.name == "sad" ? 2 : 1))
        }
    }

    @Test("does not ask the model about a request that cannot be decomposed")
    func badRequest() async {
        let model = ScriptedChatModel(replies: [])
        for decomposer in Self.guarded(model, fallback: .local) {
            await #expect(throws: DecompositionError.emptyRequest) { try await decomposer.decompose(" \n") }
        }
        #expect(await model.requests.isEmpty)
    }
}

/// A model that never answers, until its task is cancelled.
private actor SilentModel: ChatModel {
    nonisolated let name = "silent"
    private let disguise: ChatModelError?
    private var isAsked = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(disguise: ChatModelError? = nil) { self.disguise = disguise }

    func reply(to request: ChatRequest) async throws -> ChatReply {
        isAsked = true
        for continuation in waiting { continuation.resume() }
        waiting = []
        // A stream that says nothing ends when its task is cancelled.
        let (silence, voice) = AsyncStream.makeStream(of: Never.self)
        for await _ in silence {}
        withExtendedLifetime(voice) {}
        throw disguise ?? CancellationError()
    }

    /// Returns once somebody has asked.
    func wasAsked() async {
        if isAsked { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}
