import Glibc
import Testing

@testable import SkillCatalog

@Suite("A SKILL.md that cannot be used is skipped and said; the others load")
struct SkillFileFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var code: String
        var line: Int?
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ code: String, line: Int? = nil) {
            self.name = name
            self.bytes = bytes
            self.code = code
            self.line = line
        }

        init(_ name: String, _ text: String, _ code: String, line: Int? = nil) {
            self.init(name, Array(text.utf8), code, line: line)
        }
    }

    @Test(
        "Each fault has its word and its line",
        arguments: [
            Case("nothing", "", "empty-file"),
            Case("white space", " \n\r\n\t", "empty-file"),
            Case("zero bytes", [0x7F, 0x45, 0x4C, 0x46, 0, 1], "binary-file"),
            Case("UTF-16", [0xFF, 0xFE, 0x2D, 0, 0x2D, 0], "binary-file"),
            Case("Latin-1", Array("---\nname: a\ndescription: caf".utf8) + [0xE9, 0x0A], "invalid-utf8", line: 3),
            Case("an image without zeros", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "invalid-utf8", line: 1),
            Case("an open front matter", "---\nname: a\ndescription: b\n", "unclosed-front-matter", line: 1),
            Case("a list", "---\n- name\n---\n", "invalid-front-matter", line: 2),
            Case("a text", "---\njust words\n---\n", "invalid-front-matter", line: 2),
            Case("empty front matter", "---\n---\n# Title\n", "invalid-front-matter", line: 2),
            Case("an open bracket", "---\nname: a\ndescription: [b\n---\n", "invalid-yaml", line: 3),
            Case("two colons", "---\nname: a\ndescription: use when: always\n---\n", "invalid-yaml", line: 3),
            Case("a tab", "---\nname: a\n\tdescription: b\n---\n", "invalid-yaml", line: 3),
            Case("an alias", "---\nname: &n a\ndescription: *n\n---\n", "invalid-yaml", line: 2),
            Case("a control character", "---\nname: a\ndescription: \u{7}\n---\n", "invalid-yaml", line: 3),
            Case("no description", "---\nname: bad\n---\nBody\n", "missing-description", line: 2),
            Case("an empty description", "---\nname: bad\ndescription: \"  \"\n---\n", "missing-description", line: 3),
            Case("no value", "---\nname: bad\ndescription:\n---\n", "missing-description", line: 3),
            Case("no heading", "Words without a heading.\n", "missing-description"),
            Case("a heading of level 2", "## Title\n", "missing-description"),
            Case("one byte too many", [UInt8](repeating: 0x61, count: (1 << 20) + 1), "file-too-large"),
        ]
    )
    func faults(_ example: Case) async throws {
        let folder = try TemporaryFolder()
        try folder.write("# Fine\n", to: "a-good/SKILL.md")
        try folder.write(example.bytes, to: "bad/SKILL.md")
        try folder.write("# Fine\n", to: "z-good/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.ids == ["a-good", "z-good"])
        #expect(reading.codes == [example.code])
        #expect(reading.diagnostics.first?.severity == .error)
        #expect(reading.diagnostics.first?.file == folder.path + "/bad/SKILL.md")
        #expect(reading.diagnostics.first?.line == example.line)
    }

    @Test("A description of the wrong kind is named, and the skill skipped")
    func descriptionKind() async throws {
        let folder = try TemporaryFolder()
        try folder.write("---\nname: a\ndescription:\n  - b\n---\n", to: "a/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.codes == ["invalid-field", "missing-description"])
        #expect(reading.diagnostics.map(\.line) == [3, 3])
    }

    @Test("A pipe or a folder in place of SKILL.md is not waited for")
    func others() async throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("pipe")
        try folder.makePipe("pipe/SKILL.md")
        try folder.makeFolder("folder/SKILL.md")
        try folder.makeFolder("dangling")
        try folder.link("dangling/SKILL.md", to: "nowhere")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.skills.isEmpty)
        #expect(reading.codes == ["missing-file", "not-regular-file", "not-regular-file"])
    }

    @Test("A file or folder without permission is skipped", .enabled(if: geteuid() != 0, "root may read everything"))
    func denied() async throws {
        let folder = try TemporaryFolder()
        try folder.write("# A\n", to: "a/SKILL.md")
        try folder.write("# B\n", to: "b/SKILL.md")
        try folder.write("# C\n", to: "c/SKILL.md")
        folder.setMode(0, of: "a/SKILL.md")
        folder.setMode(0, of: "b")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.ids == ["c"])
        #expect(reading.codes == ["unreadable-file", "unreadable-folder"])
    }

    @Test("A document of the largest size is read")
    func largest() async throws {
        let folder = try TemporaryFolder()
        let head = "# Title\n"
        try folder.write(head + String(repeating: "x", count: (1 << 20) - head.utf8.count), to: "a/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.skills.first?.document.utf8.count == 1 << 20)
        #expect(reading.diagnostics.isEmpty)
    }
}
