import Testing

@testable import SkillCatalog

@Suite("The rules of the document")
struct DocumentRulesTests {
    @Test("499 lines are fine, 500 are many")
    func length() throws {
        let line = "x\n"
        #expect(try SkillWorkshop().validate(body: String(repeating: line, count: 499)) == [])
        #expect(try SkillWorkshop().validate(body: String(repeating: line, count: 500)) == ["warning long-document 5"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var body: String
        var found: [String]
        var testDescription: String { body }

        init(_ body: String, _ found: String...) {
            self.body = body
            self.found = found
        }
    }

    @Test(
        "Files that the document refers to must be there",
        arguments: [
            Case("[g](references/GUIDE.md) ![i](assets/a.png) [s](scripts/run.py#L1 \"Title\") [f](notes.txt?raw)"),
            Case("[g](./references/GUIDE.md) [sp](references/two%20words.md) [d](references/) [d](scripts)"),
            Case("Run `scripts/run.py`, see references/GUIDE.md. Or ./scripts/run.py, (assets/a.png)"),
            Case("```sh\npython scripts/run.py --x\n```"),
            Case(
                "line\n[g](references/NONE.md) and [n](none.txt)",
                "warning missing-reference 6",
                "warning missing-reference 6"
            ),
            Case("Run scripts/none.py\n\nand `scripts/none.py` again", "warning missing-reference 5"),
            Case("```sh\npython scripts/none.py\n```", "warning missing-reference 6"),
            Case(
                "[![badge](assets/none.png)](references/none.md)",
                "warning missing-reference 5",
                "warning missing-reference 5"
            ),
            Case(
                "[a](https://e.org/scripts) [b](#anchor) [c](mailto:a@e.org) [d](/etc/hosts) [e](http://e.org/references/x.md)"
            ),
            Case("```\n[x](none.txt)\n```\nand `[y](none.txt)`"),
            Case("scripts/ and references/<topic>.md and assets/*.png and scripts/${NAME}.py and my/scripts/x.py"),
            Case(
                "[x](../other/SKILL.md) [y](references/../../etc/passwd)",
                "warning reference-outside 5",
                "warning reference-outside 5"
            ),
            Case("[x](references/../notes.txt)"),
            Case("- **Examples**: `scripts/turn_page.py` for turning, `references/laws.md` for laws"),
            Case("A file `references/tables.md` would be of use to whoever writes such a skill."),
            Case("Keep pictures in the folder, e.g. `assets/crest.png`, or such as assets/flag.svg"),
            Case(
                "For example [this](references/none.md), and see `references/none.md`",
                "warning missing-reference 5"
            ),
            Case("An example: `scripts/none.py`.\nThen run `scripts/none.py`.", "warning missing-reference 6"),
            Case("See references/examples.md for more", "warning missing-reference 5"),
            Case("```sh\n# example\npython scripts/none.py\n```", "warning missing-reference 7"),
            Case("[x]() [y]( ) [z](%) [broken](", "warning missing-reference 5"),
        ]
    )
    func references(_ example: Case) throws {
        let found = try SkillWorkshop().validate(
            body: example.body,
            files: ["references/GUIDE.md", "references/two words.md", "scripts/run.py", "assets/a.png", "notes.txt"]
        )
        #expect(found == example.found)
    }
}
