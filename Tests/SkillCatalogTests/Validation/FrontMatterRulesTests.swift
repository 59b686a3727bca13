import Testing

@testable import SkillCatalog

@Suite("The rules of front matter, name and description")
struct FrontMatterRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var fields: String
        var found: [String]
        var testDescription: String { String(fields.prefix(70)) }

        init(_ fields: String, _ found: String...) {
            self.fields = fields
            self.found = found
        }
    }

    @Test(
        "Each fault of a field is found on its line",
        arguments: [
            Case("name: my-skill", "error missing-description 2"),
            Case("description: d", "error missing-name 2"),
            Case("description: d\nname:", "error missing-name 3"),
            Case("description: d\nname: ' '", "error missing-name 3"),
            Case("description: d\nname: [a]", "error missing-name 3"),
            Case("name: my-skill\ndescription: ''", "error missing-description 3"),
            Case("name: my-skill\ndescription: {a: b}", "error missing-description 3"),
            Case("name: my-skill\ndescription: \(String(repeating: "é", count: 1024))"),
            Case("name: my-skill\ndescription: \(String(repeating: "é", count: 1025))", "error description-too-long 3"),
            Case(
                "name: my-skill\ndescription: d\nversion: 1\nauthor: me",
                "error unknown-field 4",
                "error unknown-field 5"
            ),
            Case("name: my-skill\ndescription: d\nDescription: e", "error unknown-field 4"),
            Case("name: my-skill\ndescription: c\ndescription: d", "error duplicate-field 4"),
            Case("name: my-skill\ndescription: d\nmetadata: {a: b, a: c}", "error duplicate-field 4"),
            Case("name: my-skill\ndescription: d\ncompatibility: \(String(repeating: "x", count: 500))"),
            Case(
                "name: my-skill\ndescription: d\ncompatibility: \(String(repeating: "x", count: 501))",
                "error compatibility-too-long 4"
            ),
            Case("name: my-skill\ndescription: d\ncompatibility:", "error invalid-field 4"),
            Case("name: my-skill\ndescription: d\ncompatibility: [git]", "error invalid-field 4"),
            Case("name: my-skill\ndescription: d\nlicense: {MIT: yes}", "error invalid-field 4"),
            Case("name: my-skill\ndescription: d\nlicense: 2"),
            Case("name: my-skill\ndescription: d\nmetadata: text", "error invalid-field 4"),
            Case("name: my-skill\ndescription: d\nmetadata:", "error invalid-field 4"),
            Case(
                "name: my-skill\ndescription: d\nmetadata:\n  a: 1\n  b: [x]\n  c: {}",
                "error invalid-field 6",
                "error invalid-field 7"
            ),
            Case("name: my-skill\ndescription: d\nallowed-tools:"),
            Case("name: my-skill\ndescription: d\nallowed-tools:\n  - Read", "warning invalid-field 4"),
            Case("name: my-skill\ndescription: d\nallowed-tools: [[Read]]", "error invalid-field 4"),
            Case("name: my-skill\ndescription: d\nallowed-tools: {Read: yes}", "error invalid-field 4"),
        ]
    )
    func fields(_ example: Case) throws {
        #expect(try SkillWorkshop().validate(fields: example.fields) == example.found)
    }

    @Test("Front matter must be there, on the first line")
    func frontMatter() throws {
        #expect(try SkillWorkshop().validate(fields: nil) == ["error missing-front-matter 1"])
        #expect(
            try SkillWorkshop().validate(fields: nil, body: "\n---\n\(SkillWorkshop.fields)\n---\n")
                == ["error missing-front-matter 1"]
        )
    }

    struct Name: Sendable, CustomTestStringConvertible {
        var name: String
        var codes: [String]
        var folder: String?
        var testDescription: String { name }

        init(_ name: String, folder: String? = nil, _ codes: String...) {
            self.name = name
            self.codes = codes
            self.folder = folder
        }
    }

    @Test(
        "Names follow the format, in every script",
        arguments: [
            Name("a"), Name("pdf-processing"), Name("a1-2b"), Name("2048"), Name("技能"), Name("мой-навык"), Name("café"),
            Name("cafe\u{301}", folder: "caf\u{E9}"), Name("caf\u{E9}", folder: "cafe\u{301}"), Name("größe"),
            Name("٣"),
            Name(String(repeating: "a", count: 64)), Name(String(repeating: "é", count: 64)),
            Name(String(repeating: "a", count: 65), "name-too-long"),
            Name("MySkill", "name-not-lowercase"), Name("НАВЫК", "name-not-lowercase"),
            Name("École", "name-not-lowercase"),
            Name("-a", "name-hyphens"), Name("a-", "name-hyphens"), Name("a--b", "name-hyphens"),
            Name("-", "name-hyphens"),
            Name("--", "name-hyphens", "name-hyphens"),
            Name("my_skill", "invalid-name"), Name("my skill", "invalid-name"), Name("a.b", "invalid-name"),
            Name("a🐍", "invalid-name"),
            Name("a\u{2013}b", "invalid-name"), Name("\u{301}a", "invalid-name"), Name("a\u{200B}b", "invalid-name"),
            Name("a", folder: "b", "name-mismatch"),
            Name("My_Skill", folder: "my-skill", "name-not-lowercase", "invalid-name", "name-mismatch"),
        ]
    )
    func names(_ example: Name) throws {
        var workshop = try SkillWorkshop()
        workshop.name = example.folder ?? example.name
        let found = try workshop.validate(fields: "name: \"\(example.name)\"\ndescription: d")
        #expect(found == example.codes.map { "error \($0) 2" })
    }
}
