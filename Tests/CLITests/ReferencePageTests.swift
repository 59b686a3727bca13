import TestSupport
import Testing

@Suite("The command-line page", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct ReferencePageTests {
    @Test("says what --help says; 'make docs' writes it again")
    func isCurrent() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let help = try await skillweaver("help", "--markdown")
            let page = try text(of: PackageRoot.path("Docs/cli.md"))
            #expect(help.output == page)
        }
    }
}
