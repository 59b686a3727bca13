import SkillCatalog
import Storage
import Subprocesses
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("New skills")
struct SkillScaffoldTests {
    @Test("A new skill is valid, and its own tests pass at once", arguments: SkillTemplate.allCases)
    func valid(_ template: SkillTemplate) async throws {
        try await withTemporaryFolder { folder in
            let made = try SkillScaffold.make("word-count", from: template, in: folder)
            #expect(made == "\(folder)/word-count")
            #expect(SkillValidator.validate(folder: made) == [])
            let (skills, diagnostics) = try await FoundSkill.all(in: made)
            #expect(diagnostics == [])
            #expect(skills.first?.document.contains("# Word count\n") == true)
            #expect(skills.first?.tools.isEmpty == (template != .python))
            let tests = Subprocess(
                executable: "python3",
                arguments: ["-B", "-m", "unittest", "discover", "--start-directory", "\(made)/tests"]
            )
            _ = try await tests.run().checked("python3")
            #expect(names(in: folder) == ["word-count"])
        }
    }

    @Test("An existing folder is refused and left alone")
    func existing() async throws {
        try await withTemporaryFolder { folder in
            try write("mine", to: "\(folder)/a/notes.txt")
            #expect(await kindOfError { _ = try SkillScaffold.make("a", from: .python, in: folder) } == .conflict)
            #expect(names(in: "\(folder)/a") == ["notes.txt"])
        }
    }

    @Test(
        "Names that the format forbids are refused",
        arguments: ["", "A", "a b", "a_b", "-a", "a-", "a--b", "../a", "a/b", "é", String(repeating: "a", count: 65)]
    )
    func invalidNames(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            #expect(await kindOfError { _ = try SkillScaffold.make(name, from: .document, in: folder) } == .usage)
            #expect(names(in: folder) == [])
        }
    }
}
