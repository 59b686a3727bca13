import Glibc
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("What a skill's folder holds")
struct FolderContentsTests {
    @Test("Hidden files, caches and links that lead out are not handed on; links inside become the file")
    func distributable() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill(
                "a",
                in: folder,
                files: [
                    "tools.py": "x", ".env": "secret", "__pycache__/tools.pyc": "x", ".git/config": "x",
                    "node_modules/m/index.js": "x", "docs/guide.md": "guide", "old.pyc": "x",
                ]
            )
            try write("outside", to: "\(folder)/outside.txt")
            try makeLink("\(folder)/a/out.txt", to: "../outside.txt")
            try makeLink("\(folder)/a/etc", to: "/etc")
            try makeLink("\(folder)/a/in.md", to: "docs/guide.md")
            try makeLink("\(folder)/a/nowhere", to: "gone")
            let contents = try FolderContents.read("\(folder)/a", covering: .distributable)
            #expect(contents.entries.map(\.path.text) == ["SKILL.md", "docs/guide.md", "in.md", "tools.py"])
            #expect(contents.remarks.count == 3)
            let inner = try #require(contents.entries.first { $0.path.text == "in.md" })
            #expect(try contents.bytes(of: inner) == Array("guide".utf8))
        }
    }

    @Test("Everything means everything: hidden files, caches, and links as links")
    func everything() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: folder, files: [".env": "s", "__pycache__/tools.pyc": "x"])
            try makeLink("\(folder)/a/loop", to: ".")
            let contents = try FolderContents.read("\(folder)/a", covering: .everything)
            #expect(contents.entries.map(\.path.text) == [".env", "SKILL.md", "__pycache__/tools.pyc", "loop"])
            #expect(contents.entries.last?.kind == .link(target: Array(".".utf8)))
        }
    }

    @Test("Limits on count, size and depth hold, and pipes are refused")
    func limits() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: folder, files: ["b": "12345", "c/d/e": "1"])
            func kind(_ limits: ContentLimits) async -> AuthoringError.Kind? {
                await kindOfError { _ = try FolderContents.read("\(folder)/a", covering: .everything, limits: limits) }
            }
            #expect(await kind(ContentLimits()) == nil)
            #expect(await kind(ContentLimits(entries: 2)) == .tooLarge)
            #expect(await kind(ContentLimits(fileBytes: 4)) == .tooLarge)
            #expect(await kind(ContentLimits(totalBytes: 10)) == .tooLarge)
            #expect(await kind(ContentLimits(depth: 1)) == .tooLarge)
            #expect(mkfifo("\(folder)/a/pipe", 0o600) == 0)
            #expect(await kind(ContentLimits()) == .hostile)
        }
    }
}
