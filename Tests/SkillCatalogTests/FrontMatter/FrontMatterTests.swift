import Testing

@testable import SkillCatalog

@Suite("A document is cut at its front matter")
struct FrontMatterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var yaml: String
        var yamlLine: Int
        var body: String
        var bodyLine: Int
        var testDescription: String { text }
    }

    @Test(
        "Fences are found however lines end",
        arguments: [
            Case(text: "---\na: 1\n---\nBody\n", yaml: "a: 1\n", yamlLine: 2, body: "Body\n", bodyLine: 4),
            Case(text: "---\r\na: 1\r\n---\r\nBody", yaml: "a: 1\r\n", yamlLine: 2, body: "Body", bodyLine: 4),
            Case(text: "---\n---\n", yaml: "", yamlLine: 2, body: "", bodyLine: 3),
            Case(text: "---\na: 1\n---", yaml: "a: 1\n", yamlLine: 2, body: "", bodyLine: 4),
            Case(text: "--- \t\na: 1\n---  \nB", yaml: "a: 1\n", yamlLine: 2, body: "B", bodyLine: 4),
            Case(text: "\n  \n---\na: 1\n---\nB", yaml: "a: 1\n", yamlLine: 4, body: "B", bodyLine: 6),
            Case(text: "---\na: 1\n...\nB", yaml: "a: 1\n", yamlLine: 2, body: "B", bodyLine: 4),
            Case(
                text: "---\na: |\n  ---\n ---\nb: x --- y\n----\n---\nB\n---\n",
                yaml: "a: |\n  ---\n ---\nb: x --- y\n----\n",
                yamlLine: 2,
                body: "B\n---\n",
                bodyLine: 8
            ),
        ]
    )
    func split(_ example: Case) throws {
        let found = try #require(try FrontMatter.split(example.text))
        #expect(found.yaml == example.yaml)
        #expect(found.yamlLine == example.yamlLine)
        #expect(found.body == example.body)
        #expect(found.bodyLine == example.bodyLine)
    }

    @Test(
        "A document without an opening fence has none",
        arguments: [
            "", "\n\n", "# Title\n---\na: 1\n---\n", "----\na: 1\n---\n", " ---\na: 1\n---\n", "--\n", "- - -\n",
        ]
    )
    func none(_ text: String) throws {
        #expect(try FrontMatter.split(text) == nil)
    }

    @Test("A missing closing fence is an error", arguments: ["---", "---\n", "---\na: 1\n", "---\na: 1\n ---\n"])
    func unclosed(_ text: String) {
        #expect(throws: FrontMatter.Unclosed(line: 1)) { try FrontMatter.split(text) }
    }

    @Test("Lines are counted by line feeds, with or without carriage returns")
    func lines() {
        let lines = Array(TextLines("a\r\n\nb\rc\n\r\nd"))
        #expect(lines.map { String($0.content) } == ["a", "", "b\rc", "", "d"])
        #expect(lines.map(\.number) == [1, 2, 3, 4, 5])
        #expect(Array(TextLines("")).isEmpty)
        #expect(Array(TextLines("\n")).count == 1)
    }
}
