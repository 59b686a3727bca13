import LanguageModels
import SkillEvaluation
import Testing

@Suite("Tokens")
struct TokenStatisticsTests {
    @Test("Figures of different sources are never added up")
    func apart() {
        let statistics = TokenStatistics(of: [
            TokenUsage(prompt: 100, completion: 10, source: .counted),
            TokenUsage(prompt: 200, completion: 30, source: .counted),
            TokenUsage(prompt: 999, completion: 1, source: .measured),
        ])
        #expect(statistics.means[.counted] == .init(prompt: 150, completion: 20, count: 2))
        #expect(statistics.means[.measured]?.total == 1_000)
        #expect(statistics.means[.estimated] == nil)
    }
}
