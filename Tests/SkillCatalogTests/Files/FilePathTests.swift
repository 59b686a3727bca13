import Testing

@testable import SkillCatalog

@Suite("Paths are taken apart by their text")
struct FilePathTests {
    @Test(
        "Last component, stem and extension",
        arguments: [
            ("/a/b.jsonl", "b.jsonl", "b", "jsonl"), ("/a/b.tar.GZ", "b.tar.GZ", "b.tar", "gz"),
            ("/a/b/", "b", "b", ""),
            ("/a/.hidden", ".hidden", ".hidden", ""), ("/", "", "", ""), ("b", "b", "b", ""), ("/a/b.", "b.", "b", ""),
            ("/a/\u{301}b.md", "\u{301}b.md", "\u{301}b", "md"),
        ]
    )
    func parts(path: String, last: String, stem: String, ext: String) {
        #expect(FilePath(path).lastComponent == last)
        #expect(FilePath(path).stem == stem)
        #expect(FilePath(path).fileExtension == ext)
    }

    @Test(
        "A folder holds what is below it, not what begins like it",
        arguments: [
            ("/a/b", "/a", true), ("/a", "/a", true), ("/ab", "/a", false), ("/a", "/a/b", false), ("/a", "/", true),
            ("/a/\u{301}b", "/a", true),
        ]
    )
    func inside(path: String, folder: String, expected: Bool) {
        #expect(FilePath(path).isInside(FilePath(folder)) == expected)
    }

    @Test("Absolute paths are tidy, and lead where the written path leads")
    func absolute() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("real/deep")
        try folder.makeFolder("deep")
        try folder.link("link", to: "real/deep")
        #expect(FilePath.absolute("/a/./b//c/../d/").text == "/a/b/d")
        #expect(FilePath.absolute("/").text == "/")
        #expect(FilePath.absolute("/../..").text == "/")
        #expect(FilePath.absolute("name").text.hasSuffix("/name"))
        #expect(FilePath.absolute(".").text == FilePath.absolute("").text)
        #expect(FilePath.absolute(folder.path + "/real/../deep").text == folder.path + "/deep")
        // Through the link, `..` is `real`, not the folder the link stands in.
        #expect(FilePath.absolute(folder.path + "/link/../deep").text == folder.path + "/link/../deep")
    }
}
