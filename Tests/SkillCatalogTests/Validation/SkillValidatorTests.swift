import Testing

@testable import SkillCatalog

@Suite("A skill folder is validated as a whole")
struct SkillValidatorTests {
    @Test("A well-made skill has nothing to say against it, with and without the optional parts")
    func valid() throws {
        #expect(try SkillWorkshop().validate() == [])
        let everything = try SkillWorkshop().validate(
            fields: """
                name: my-skill
                description: Does it.
                license: Apache-2.0
                compatibility: Requires git
                metadata:
                  author: example-org
                  version: 1.0
                allowed-tools: Bash(git:*) Read
                """,
            body: "See [the guide](references/GUIDE.md) and run `scripts/run.py`.\n",
            schema: """
                [{"name": "do_it", "description": "Does it.", "parameters": {"type": "object", "properties": {}},
                  "output_schema": {"type": "string"}, "annotations": {"readOnlyHint": true}}]
                """,
            tools: "def do_it():\n    return 'done'\n",
            files: ["references/GUIDE.md", "scripts/run.py"]
        )
        #expect(everything == [])
    }

    @Test("The folder, its SKILL.md, and paths that are untidy name the same skill")
    func paths() throws {
        let workshop = try SkillWorkshop()
        _ = try workshop.validate()
        for path in ["/my-skill/", "/my-skill/SKILL.md", "/./my-skill", "/other/../my-skill"] {
            #expect(SkillValidator.validate(folder: workshop.folder.path + path) == [], "\(path)")
        }
        #expect(
            workshop.summary(SkillValidator.validate(folder: workshop.folder.path + "/my-skill/none")) == [
                "error missing-file"
            ]
        )
        _ = try workshop.folder.write("x", to: "file.txt")
        #expect(
            workshop.summary(SkillValidator.validate(folder: workshop.folder.path + "/file.txt")) == [
                "error not-regular-file"
            ]
        )
        try workshop.folder.makeFolder("empty")
        let empty = SkillValidator.validate(folder: workshop.folder.path + "/empty")
        #expect(workshop.summary(empty) == ["error missing-file"])
        #expect(empty.first?.file == workshop.folder.path + "/empty/SKILL.md")
    }

    @Test("`skill.md` is accepted, as the reference validator does")
    func lowercaseFile() throws {
        let workshop = try SkillWorkshop()
        try workshop.folder.write("---\n\(SkillWorkshop.fields)\n---\n", to: "my-skill/skill.md")
        #expect(SkillValidator.validate(folder: workshop.folder.path + "/my-skill") == [])
    }

    @Test("Files that cannot be read are said once, and the other parts are still judged")
    func unreadable() throws {
        let workshop = try SkillWorkshop()
        let found = try workshop.validate(fields: "name: [", schema: "[{\"name\": \"my-skill\"}", tools: "\0")
        #expect(found == ["error invalid-yaml 2", "error invalid-json 1", "error binary-file"])
        let tools = try SkillWorkshop().validate(
            fields: "name: [",
            schema: "[{\"name\": \"my-skill\", \"description\": \"d\"}]"
        )
        #expect(tools == ["error invalid-yaml 2", "error tool-named-like-skill", "error missing-function"])
    }

    @Test("Files of the skill must not be links out of its folder")
    func links() throws {
        let workshop = try SkillWorkshop()
        _ = try workshop.validate()
        try workshop.folder.write("[]", to: "schema.json")
        try workshop.folder.link("my-skill/schema.json", to: "../schema.json")
        let found = SkillValidator.validate(folder: workshop.folder.path + "/my-skill")
        #expect(workshop.summary(found) == ["error link-outside"])
    }

    @Test("Every rule has a code of its own, and its file is named after it")
    func rules() {
        let codes = SkillValidator.rules.map { $0.code }
        #expect(Set(codes).count == codes.count)
        #expect(codes.count == 24)
    }

    @Test("Skill folders below a path are found, to be validated one by one")
    func folders() throws {
        let folder = try TemporaryFolder()
        for name in ["b", "a/c", ".hidden"] { try folder.write("x", to: "\(name)/SKILL.md") }
        try folder.link("out", to: "/")
        let found = try SkillValidator.skillFolders(under: folder.path)
        #expect(found.folders == [folder.path + "/a/c", folder.path + "/b"])
        #expect(found.diagnostics.map(\.code) == ["link-outside"])
        #expect(try SkillValidator.skillFolders(under: folder.path + "/b").folders == [folder.path + "/b"])
        let error = #expect(throws: SkillSourceError.self) {
            try SkillValidator.skillFolders(under: folder.path + "/none")
        }
        #expect(error?.kind == .missing)
    }
}
