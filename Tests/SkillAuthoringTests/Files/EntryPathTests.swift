import Testing

@testable import SkillAuthoring

@Suite("Paths of files inside a skill")
struct EntryPathTests {
    @Test(
        "Plain paths are taken, tidied",
        arguments: [
            ("a", "a"), ("a/b.txt", "a/b.txt"), ("./a", "a"), ("a/", "a"), ("a//b", "a/b"), ("a/./b", "a/b"),
            ("größe/技能.md", "größe/技能.md"), ("..a/b..", "..a/b.."), ("a b", "a b"),
        ]
    )
    func plain(written: String, path: String) throws {
        #expect(try EntryPath(untrusted: Array(written.utf8), depth: 16).text == path)
    }

    @Test(
        "Paths that could lead elsewhere are refused with the reason",
        arguments: [
            ("", "is empty"), ("/etc/passwd", "is absolute"), ("..", "leads out of the folder"),
            ("../a", "leads out of the folder"), ("a/../../b", "leads out of the folder"),
            ("a/../b", "leads out of the folder"), ("a\\..\\b", "holds a backslash"),
            ("C:/a", "begins with a drive letter"), ("a\nb", "holds a control character"),
            ("a\u{7F}", "holds a control character"), (".", "names no file"), ("./", "names no file"),
            (String(repeating: "a", count: 256), "has a name longer than 255 bytes"),
            (String(repeating: "a/", count: 600), "is longer than 1024 bytes"),
            (String(repeating: "a/", count: 20) + "b", "is deeper than 16 folders"),
        ]
    )
    func refused(written: String, problem: String) {
        #expect(throws: PathFault(problem)) { try EntryPath(untrusted: Array(written.utf8), depth: 16) }
    }

    @Test("Bytes that are not UTF-8, and NUL, are refused")
    func bytes() {
        #expect(throws: PathFault("is not UTF-8")) { try EntryPath(untrusted: [0x61, 0xFF], depth: 16) }
        #expect(throws: PathFault("is not UTF-8")) { try EntryPath(untrusted: [0xC0, 0xAF], depth: 16) }
        #expect(throws: PathFault("holds a control character")) { try EntryPath(untrusted: [0x61, 0], depth: 16) }
    }
}
