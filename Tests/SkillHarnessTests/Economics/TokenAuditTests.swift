import LanguageModels
import SkillHarness
import Testing

@Suite("What a library costs in tokens")
struct TokenAuditTests {
    @Test("all tools upfront cost more than a menu with the skills that are needed")
    func strategies() async throws {
        let tools = (1...7).map { Fixture.tool("tool_number_\($0)", String(repeating: "explains itself ", count: 30)) }
        let skills = (0..<40).map { Fixture.skill("skill-\($0)", tools: tools) }
        let audit = TokenAudit(counter: LengthEstimate())
        let economics = try await audit.economics(of: FixedInventory(skills: skills))
        #expect(economics.skills == 40 && economics.tools == 280 && economics.loaded == 2)
        #expect(economics.tokens(.menu) < economics.tokens(.routed))
        #expect(economics.tokens(.routed) < economics.tokens(.upfront))
        #expect(economics.saved > 0.8 && economics.saved < 1)
        #expect(economics.strategies.map(\.source) == [.estimated, .estimated, .estimated])
        let none = try await audit.economics(of: FixedInventory(skills: skills), loaded: [])
        #expect(none.tokens(.routed) == none.tokens(.menu))
    }

    @Test("an empty library costs nothing upfront, and nothing is saved")
    func empty() async throws {
        let economics = try await TokenAudit(counter: LengthEstimate()).economics(of: FixedInventory(skills: []))
        #expect(economics.tokens(.upfront) == 0 && economics.saved == 0)
    }
}
