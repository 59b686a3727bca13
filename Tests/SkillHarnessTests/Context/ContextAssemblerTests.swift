import LanguageModels
import SkillHarness
import Testing

@Suite("Putting a prompt together")
struct ContextAssemblerTests {
    private static let menu = SkillMenu(text: "- web: Pages", tokens: 3, shown: 1, omitted: 0)
    private static let long = String(repeating: "word ", count: 200)

    private func conversation(turns: Int) -> Conversation {
        var conversation = Conversation()
        conversation.append(.init([.user("the task")]))
        for number in 1...turns {
            let call = ChatToolCall(id: "\(number)", name: "fetch", arguments: "{}")
            conversation.append(
                .init(
                    [.assistant("turn \(number)", toolCalls: [call]), .toolResult(Self.long, of: "\(number)")],
                    documents: number == 1 ? ["web"] : []
                )
            )
        }
        return conversation
    }

    private func assembler(_ budget: Int) -> ContextAssembler {
        ContextAssembler(systemText: "Be brief.", budget: budget, counter: LengthEstimate())
    }

    @Test("what changes least stands first, and each part is counted")
    func order() {
        var conversation = conversation(turns: 2)
        let (request, report) = assembler(10_000).assemble(
            &conversation,
            menu: Self.menu,
            loaded: [],
            tools: [MetaTool.loadSkill.chatTool]
        )
        #expect(request.messages.first?.content == "Be brief.\n\n- web: Pages")
        #expect(request.messages.map(\.role) == [.system, .user, .assistant, .tool, .assistant, .tool])
        #expect(report.tokens[.menu] == 3)
        #expect(report.tokens[.results] == 500)
        #expect(report.total == report.tokens.values.reduce(0, +))
    }

    @Test("a full context leaves out old turns with their results, in one large step, and never the task")
    func trimming() {
        var conversation = conversation(turns: 9)
        let (request, report) = assembler(2_000).assemble(&conversation, menu: Self.menu, loaded: [], tools: [])
        #expect(report.total <= 1_200)
        #expect(report.omittedTurns == conversation.omittedTurns && report.omittedTurns > 3)
        #expect(request.messages[1].content == "(\(report.omittedTurns) earlier turns are left out.)")
        #expect(request.messages[2].content == "the task")
        let calls = request.messages.flatMap(\.toolCalls).map(\.id)
        #expect(request.messages.compactMap(\.toolCallID) == calls, "no call without its result")

        conversation.append(.init([.assistant("more")]))
        let (_, next) = assembler(2_000).assemble(&conversation, menu: Self.menu, loaded: [], tools: [])
        #expect(next.omittedTurns == report.omittedTurns, "there is room now")
    }

    @Test("a loaded skill's document that was left out comes back once; an unloaded one's does not")
    func documents() {
        var conversation = conversation(turns: 9)
        let (request, _) = assembler(2_000).assemble(
            &conversation,
            menu: Self.menu,
            loaded: [Fixture.web, Fixture.git],
            tools: []
        )
        let texts = request.messages.map(\.content).joined()
        #expect(texts.components(of: "How to use web.") == 1)
        var fresh = self.conversation(turns: 2)
        let (whole, _) = assembler(10_000).assemble(&fresh, menu: Self.menu, loaded: [Fixture.web], tools: [])
        #expect(!whole.messages.contains { $0.content.contains("How to use web.") }, "its turn is still there")
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
