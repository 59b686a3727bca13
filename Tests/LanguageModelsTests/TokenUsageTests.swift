import LanguageModels
import Testing

@Suite("A sum of token usages")
struct TokenUsageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let usages: [TokenUsage]
        let sum: TokenUsage
    }

    @Test(
        "adds prompts and completions and keeps a label only where all share it",
        arguments: [
            Case(testDescription: "nothing", usages: [], sum: .none),
            Case(
                testDescription: "one",
                usages: [TokenUsage(prompt: 3, completion: 4, source: .counted)],
                sum: TokenUsage(prompt: 3, completion: 4, source: .counted)
            ),
            Case(
                testDescription: "one source",
                usages: [
                    TokenUsage(prompt: 1, completion: 2, source: .measured),
                    TokenUsage(prompt: 10, completion: 20, source: .measured),
                ],
                sum: TokenUsage(prompt: 11, completion: 22, source: .measured)
            ),
            Case(
                testDescription: "two sources",
                usages: [
                    TokenUsage(prompt: 1, completion: 2, source: .measured),
                    TokenUsage(prompt: 10, completion: 20, source: .counted),
                    TokenUsage(prompt: 100, completion: 200, source: .measured),
                ],
                sum: TokenUsage(prompt: 111, completion: 222, source: .estimated)
            ),
        ]
    )
    func sum(_ example: Case) {
        #expect(TokenUsage.sum(of: example.usages) == example.sum)
    }
}
