import JSONSchema
import Testing

@Suite("Patterns")
struct PatternTests {
    @Test(
        "An expression matches what ECMA-262 says",
        arguments: [
            ("^a+$", "aaa", true), ("^a+$", "aab", false), ("b", "abc", true), ("", "", true),
            ("^[a-z0-9-]{2,4}$", "a-1", true), ("^[a-z0-9-]{2,4}$", "abcde", false), ("^(ab|c)*$", "abcab", true),
            (#"^\d{3}-\d{4}$"#, "555-1234", true), (#"^\d$"#, "\u{0664}", false), (#"^\w+$"#, "naïve", false),
            (#"^\S+@\S+$"#, "a@b", true), ("^.$", "\u{1F600}", true), ("^.$", "\n", false),
            (#"\bcat\b"#, "a cat sat", true), (#"\bcat\b"#, "concat", false), (#"^\p{Lu}\p{Ll}+$"#, "Élan", true),
            (#"^[^\d]$"#, "x", true), (#"^[^\d]$"#, "7", false), (#"^[\w-]+$"#, "a-b", true), ("^[]a]$", "a", false),
            (#"^\u{1F600}$"#, "\u{1F600}", true), (#"^😀$"#, "\u{1F600}", true), ("^a{2}$", "aa", true),
            ("^a{,2}$", "a{,2}", true), ("^x*?y$", "xxy", true), ("^(?:a|b)(?<name>c)$", "bc", true),
            ("a||b", "", true),
            (#"^\cC$"#, "\u{3}", true), (#"^\x41$"#, "A", true), ("^(a?){3}$", "aa", true), ("(a*)*$", "aab", true),
        ]
    )
    func matching(expression: String, text: String, expected: Bool) throws {
        #expect(try Pattern(expression).matches(text) == expected)
    }

    @Test(
        "What cannot be read or run in linear time is refused by kind",
        arguments: [
            ("(", PatternError.Kind.syntax), (")", .syntax), ("[a", .syntax), ("a**", .syntax), ("*", .syntax),
            ("[z-a]", .syntax), (#"\"#, .syntax), ("a{3,2}", .syntax), (#"\p{Nonsense}"#, .unsupported),
            ("(?=a)", .unsupported), ("(?<!a)", .unsupported), (#"(a)\1"#, .unsupported), ("a{9999}", .tooLarge),
            ("((a{1000}){1000}){1000}", .tooLarge), ("((((){1000}){1000}){1000}){1000}", .tooLarge),
            (String(repeating: "(", count: 5_000), .tooLarge),
        ]
    )
    func refusal(expression: String, kind: PatternError.Kind) {
        let error = #expect(throws: PatternError.self) { try Pattern(expression) }
        #expect(error?.kind == kind)
    }

    @Test("An expression that defeats matchers which go back takes linear time")
    func hostile() throws {
        let text = String(repeating: "a", count: 20_000)
        #expect(try !Pattern("^(a+)+$").matches(text + "!"))
        #expect(try !Pattern("^(a|a)*b$").matches(text))
    }
}
