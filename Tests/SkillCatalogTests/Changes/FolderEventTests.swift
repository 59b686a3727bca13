import Glibc
import Testing

@testable import SkillCatalog

@Suite("What a report about a folder means")
struct FolderEventTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var mask: Int
        var name: String?
        var meaning: FolderEvent.Meaning
        var testDescription: String { "\(name ?? "the folder") \(String(mask, radix: 16))" }

        init(_ mask: Int, _ name: String?, _ meaning: FolderEvent.Meaning) {
            self.mask = mask
            self.name = name
            self.meaning = meaning
        }
    }

    @Test(
        "tells skills from what editors leave around",
        arguments: [
            Case(Int(IN_CLOSE_WRITE), "SKILL.md", .content), Case(Int(IN_MOVED_TO), "SKILL.md", .structure),
            Case(Int(IN_DELETE), "SKILL.md", .structure), Case(Int(IN_ATTRIB), "SKILL.md", .content),
            Case(Int(IN_CLOSE_WRITE), "schema.json", .content), Case(Int(IN_MOVED_TO), "tools.py", .content),
            Case(Int(IN_CREATE) | Int(IN_ISDIR), "new-skill", .structure),
            Case(Int(IN_MOVED_FROM) | Int(IN_ISDIR), "old-skill", .structure),
            Case(Int(IN_CREATE), "link-to-a-skill", .structure),
            Case(Int(IN_Q_OVERFLOW), nil, .structure), Case(Int(IN_DELETE_SELF), nil, .structure),
            Case(Int(IN_ATTRIB), nil, .structure),
            Case(Int(IN_CREATE), ".SKILL.md.swp", .nothing), Case(Int(IN_CREATE), "4913", .nothing),
            Case(Int(IN_MOVED_TO), "SKILL.md~", .nothing), Case(Int(IN_CREATE), "#SKILL.md#", .nothing),
            Case(Int(IN_CREATE), "SKILL.md.tmp", .nothing), Case(Int(IN_CLOSE_WRITE), "log.txt", .nothing),
            Case(Int(IN_CREATE) | Int(IN_ISDIR), ".git", .nothing),
            Case(Int(IN_CREATE) | Int(IN_ISDIR), "node_modules", .nothing), Case(Int(IN_IGNORED), nil, .nothing),
        ]
    )
    func meaning(_ example: Case) {
        #expect(FolderEvent(mask: UInt32(example.mask), name: example.name).meaning == example.meaning)
    }
}
