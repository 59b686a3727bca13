import Testing

@testable import SkillCatalog

@Suite("Texts of strangers are cleaned")
struct CleanedTextTests {
    @Test(
        "A label is one line without control characters",
        arguments: [
            ("plain text", "plain text"), ("", ""), (" a  b ", "a b"), ("a\r\n\tb", "a b"),
            ("a\0b\u{1B}[31mc", "a b [31mc"),
            ("a\u{202E}b\u{2066}c", "abc"), ("a\u{85}b\u{2028}c\u{A0}d", "a b c d"), ("\n\n", ""), ("👨‍💻 é", "👨‍💻 é"),
            ("a ", "a"),
        ]
    )
    func labels(text: String, label: String) {
        #expect(CleanedText.label(text) == label)
    }

    @Test(
        "Prose keeps its lines",
        arguments: [
            ("plain", "plain"), (" a\n\tb \n", "a\n\tb"), ("a\r\nb", "a\nb"), ("a\u{7}b\u{9B}c\u{202D}", "abc"),
            ("a  b", "a  b"),
            (" \n ", ""),
        ]
    )
    func prose(text: String, prose: String) {
        #expect(CleanedText.prose(text) == prose)
    }
}
