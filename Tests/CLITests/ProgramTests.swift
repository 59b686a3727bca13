import CommandLineInterface
import Testing

@testable import CLI

@Suite("The command tree")
struct ProgramTests {
    @Test("has no clashing names, no missing help and no parameter that is declared but not listed")
    func isSound() {
        #expect(SkillWeaverProgram.program.problems == [])
    }
}
