import Testing

@testable import SkillCatalog

@Suite("A folder of skills is searched")
struct AgentSkillsFolderTests {
    private static func skill(_ name: String) -> String {
        "---\nname: \(name)\ndescription: Does \(name).\n---\n# \(name)\n"
    }

    @Test("A folder that is one skill yields it, and is not searched further")
    func single() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.skill("solo"), to: "solo/SKILL.md")
        try folder.write(Self.skill("template"), to: "solo/assets/template/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path + "/solo"))
        #expect(reading.ids == ["solo"])
        #expect(reading.diagnostics.isEmpty)
        let skill = try #require(reading.skills.first)
        #expect(skill.origin.source == "solo")
        #expect(skill.origin.file == folder.path + "/solo/SKILL.md")
        #expect(skill.origin.folder == folder.path + "/solo")
        #expect(skill.document == "# solo")
    }

    @Test("Subfolders are searched in a stable order; hidden ones, node_modules and files are passed over")
    func many() async throws {
        let folder = try TemporaryFolder()
        for path in ["b/two", "a/deep/one", "c", ".git/no", "a/.hidden", "node_modules/no", "b/node_modules/no"] {
            try folder.write(Self.skill(String(path.split(separator: "/").last ?? "")), to: "\(path)/SKILL.md")
        }
        try folder.write("text", to: "README.md")
        try folder.write("text", to: "a/SKILL.txt")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path, name: "lib"))
        #expect(reading.ids == ["one", "two", "c"])
        #expect(reading.skills.allSatisfy { $0.origin.source == "lib" })
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("`skill.md` is accepted where there is no `SKILL.md`")
    func lowercaseName() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.skill("a"), to: "a/skill.md")
        try folder.write(Self.skill("b"), to: "b/SKILL.md")
        try folder.write(Self.skill("no"), to: "b/skill.md")
        #expect(try await Reading(AgentSkillsFolder(path: folder.path)).ids == ["a", "b"])
    }

    @Test("The root may be hidden, or a link")
    func roots() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.skill("a"), to: ".claude/skills/a/SKILL.md")
        try folder.link("link", to: ".claude/skills")
        #expect(try await Reading(AgentSkillsFolder(path: folder.path + "/.claude/skills")).ids == ["a"])
        let linked = try await Reading(AgentSkillsFolder(path: folder.path + "/link"))
        #expect(linked.ids == ["a"])
        #expect(linked.skills.first?.origin.file == folder.path + "/link/a/SKILL.md")
    }

    @Test("A folder without a skill is an error that says what a skill is")
    func empty() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a/README.md")
        let error = await #expect(throws: SkillSourceError.self) {
            _ = try await Reading(AgentSkillsFolder(path: folder.path))
        }
        #expect(error?.kind == .empty)
        #expect(error?.message.hasPrefix("holds no SKILL.md") == true)
    }

    @Test("A folder whose only skill is broken is no error, but says so")
    func onlyBroken() async throws {
        let folder = try TemporaryFolder()
        try folder.write("---\nname: a\n", to: "a/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.skills.isEmpty)
        #expect(reading.codes == ["unclosed-front-matter"])
    }

    @Test("Links inside the root bring their skills once, loops end, and links out of it are refused")
    func links() async throws {
        let folder = try TemporaryFolder()
        let outside = try TemporaryFolder()
        try outside.write(Self.skill("secret"), to: "secret/SKILL.md")
        try folder.write(Self.skill("a"), to: "root/a/SKILL.md")
        try folder.write(Self.skill("h"), to: "root/.agents/h/SKILL.md")
        try folder.makeFolder("root/links/deep")
        try folder.link("root/links/again", to: "../a")
        try folder.link("root/links/hidden", to: "../.agents/h")
        try folder.link("root/links/up", to: "..")
        try folder.link("root/links/deep/self", to: "../deep")
        try folder.link("root/links/circle", to: "circle")
        try folder.link("root/links/nowhere", to: "missing")
        try folder.link("root/links/out", to: outside.path)
        try folder.link("root/links/parent", to: "../..")
        try folder.link("root/links/file", to: "../a/SKILL.md")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path + "/root"))
        #expect(reading.ids == ["a", "h"])
        #expect(reading.skill("h")?.origin.folder == folder.path + "/root/links/hidden")
        let found = Dictionary(
            uniqueKeysWithValues: reading.diagnostics.compactMap { diagnostic in
                diagnostic.file.map { (FilePath($0).lastComponent, "\(diagnostic.severity) \(diagnostic.code)") }
            }
        )
        #expect(
            found == [
                // The link's name differs from the name in the file.
                "SKILL.md": "warning name-mismatch", "up": "warning link-loop", "self": "warning link-loop",
                "circle": "warning link-loop", "nowhere": "warning broken-link", "out": "error link-outside",
                "parent": "error link-outside",
            ]
        )
    }

    @Test(
        "Files of a skill that are links out of the root are refused",
        arguments: ["SKILL.md", "schema.json", "tools.py"]
    )
    func fileLinks(_ name: String) async throws {
        let folder = try TemporaryFolder()
        let outside = try TemporaryFolder()
        try outside.write(Self.skill("a"), to: "SKILL.md")
        try outside.write("[{\"name\": \"t\"}]", to: "schema.json")
        try outside.write("def t(): pass\n", to: "tools.py")
        for file in ["SKILL.md", "schema.json", "tools.py"] where file != name {
            try folder.write(try RegularFile.contents(of: outside.path + "/" + file, limit: 1_000), to: "a/\(file)")
        }
        try folder.makeFolder("a")
        try folder.link("a/\(name)", to: outside.path + "/" + name)
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.codes == ["link-outside"])
        #expect(reading.diagnostics.first?.file == folder.path + "/a/" + name)
        #expect(reading.skills.count == (name == "SKILL.md" ? 0 : 1))
        #expect(reading.skills.first?.tools.count ?? 0 == (name == "tools.py" ? 1 : 0))
    }

    @Test("A file of a skill may be a link to elsewhere in the root")
    func innerFileLinks() async throws {
        let folder = try TemporaryFolder()
        try folder.write("[{\"name\": \"t\", \"description\": \"d\"}]", to: "shared/schema.json")
        try folder.write(Self.skill("a"), to: "a/SKILL.md")
        try folder.link("a/schema.json", to: "../shared/schema.json")
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.skills.first?.tools.map(\.name) == ["t"])
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("The search is bounded in depth and in folders, and says where it stopped")
    func limits() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.skill("near"), to: "1/near/SKILL.md")
        try folder.write(Self.skill("far"), to: "1/2/3/far/SKILL.md")
        let shallow = AgentSkillsFolder(path: folder.path, name: nil, limits: .init(depth: 2, folders: 100))
        let reading = try await Reading(shallow)
        #expect(reading.ids == ["near"])
        #expect(reading.codes == ["search-limit"])
        #expect(reading.diagnostics.first?.file == folder.path + "/1/2/3")

        for index in 0..<10 { try folder.write(Self.skill("s\(index)"), to: "s\(index)/SKILL.md") }
        let narrow = AgentSkillsFolder(path: folder.path, name: nil, limits: .init(depth: 8, folders: 8))
        let few = try await Reading(narrow)
        #expect(few.codes == ["search-limit"])
        #expect(few.ids.count < 8)
    }

    @Test("A folder name that is not UTF-8 is passed over and said")
    func invalidName() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.skill("a"), to: "a/SKILL.md")
        try folder.makeFolder(rawName: [0x62, 0xFF, 0x63])
        let reading = try await Reading(AgentSkillsFolder(path: folder.path))
        #expect(reading.ids == ["a"])
        #expect(reading.codes == ["invalid-file-name"])
    }
}
