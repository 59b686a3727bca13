import Testing

@testable import SkillCatalog

@Suite("Headings are found where Markdown has them")
struct MarkdownHeadingTests {
    @Test(
        "A line of number signs and a title is a heading",
        arguments: [
            ("# Title", 1, "Title"), ("## Two words ", 2, "Two words"), ("   ### Three", 3, "Three"),
            ("#\tTab", 1, "Tab"),
            ("# Closed ##", 1, "Closed"), ("# C#", 1, "C#"), ("#", 1, ""), ("# #", 1, ""), ("###### Six", 6, "Six"),
            ("# \u{301}accent", 1, "\u{301}accent"),
        ]
    )
    func heading(line: String, level: Int, title: String) throws {
        let heading = try #require(MarkdownHeading(line[...]))
        #expect(heading.level == level)
        #expect(heading.title == title)
    }

    @Test(
        "Other lines are none",
        arguments: ["", "Title", "#Title", "####### Seven", "    # Code", "\t# Code", "a # b"]
    )
    func none(_ line: String) {
        #expect(MarkdownHeading(line[...]) == nil)
    }

    @Test("The first heading of level 1 is taken, code blocks left out")
    func first() {
        let text = "## Two\n```sh\n# comment\n```\n~~~~\n# no\n```\n~~~\n# no\n~~~~\n#\n# Yes\n# Later\n"
        let found = MarkdownHeading.first(in: text)
        #expect(found?.title == "Yes")
        #expect(found?.line == 12)
        #expect(MarkdownHeading.first(in: "## Two\n```\n# never closed\n") == nil)
        #expect(MarkdownHeading.first(in: "```inline```\n# Yes\n")?.title == "Yes")
    }

    @Test(
        "Pre-approved tools are separated by spaces and commas outside of parentheses",
        arguments: [
            ("Read Write", ["Read", "Write"]), ("Bash(git:*) Bash(jq:*) Read", ["Bash(git:*)", "Bash(jq:*)", "Read"]),
            ("Bash(git add:*, git commit:*), Read", ["Bash(git add:*, git commit:*)", "Read"]), ("", []), (" , ", []),
            ("a(b(c d) e) f", ["a(b(c d) e)", "f"]), ("open(x y", ["open(x y"]), ("a) b", ["a)", "b"]),
        ]
    )
    func allowedTools(text: String, names: [String]) {
        #expect(AllowedTools.split(text) == names)
    }
}
