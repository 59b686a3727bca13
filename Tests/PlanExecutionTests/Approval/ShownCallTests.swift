import JSONSchema
import PlanExecution
import Testing

@Suite("What a person is shown before they agree")
struct ShownCallTests {
    private func lines(_ arguments: JSONObject) -> [String] {
        RunQuestion.approval(of: "a.b", arguments, flag: nil).argumentLines
    }

    @Test("the exact arguments, a line each")
    func exact() {
        #expect(
            lines(["path": "a b.txt", "n": 3, "list": ["x", .null]]) == [
                #"path = "a b.txt""#, "n = 3", #"list = ["x",null]"#,
            ]
        )
    }

    @Test(
        "nothing in it commands a terminal or hides what stands beside it",
        arguments: [
            "\u{1B}[2K", "\u{9B}31m", "\u{202E}txt.exe", "a\u{200B}b", "x\ny", "\r", "\u{7F}", "\u{2066}", "\u{E000}",
        ]
    )
    func terminal(_ text: String) throws {
        let lines = lines([text: .string(text)])
        #expect(lines.count == 1)
        for scalar in try #require(lines.first).unicodeScalars {
            let category = scalar.properties.generalCategory
            #expect(![.control, .format, .lineSeparator, .privateUse].contains(category), "\(scalar.value)")
        }
    }

    @Test("what is too long is cut, says so, and differs where the rest differs")
    func bounded() throws {
        let long = String(repeating: "é", count: 100_000)
        let first = try #require(lines(["text": .string(long + "1")]).first)
        let second = try #require(lines(["text": .string(long + "2")]).first)
        #expect(first.utf8.count < 4_400)
        #expect(first.contains("… (cut: 200003 bytes in all, SHA-256 "))
        #expect(first != second)
        let many = JSONObject((0..<1_000).map { ("a\($0)", .string("\u{1B}")) })
        #expect(lines(many).count == RunQuestion.shownArguments + 1)
        #expect(lines(many).last?.contains("and 936 more arguments") == true)
    }
}
