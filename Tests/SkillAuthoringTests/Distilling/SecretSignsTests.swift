import JSONSchema
import PlanExecution
import Testing

@testable import SkillAuthoring

@Suite("Telling secrets from other values")
struct SecretSignsTests {
    private let signs = SecretSigns(redactor: SecretRedactor(["hunter2-hunter2"]))

    @Test(
        "by what is known, by the name, by the schema and by the look",
        arguments: [
            ("x", "a hunter2-hunter2 b"), ("password", "x"), ("api_key", "x"), ("access-token", "x"),
            ("db_password", "x"),
            ("Authorization", "x"), ("url", "https://me:pw@example.org/x"), ("note", "sk-0123456789abcdef"),
            ("note", "ghp_0123456789abcdef"), ("note", "eyJhbGciOiJIUzI1NiJ9"), ("note", "-----BEGIN PRIVATE KEY-----"),
            ("note", "[redacted]"), ("headers", #"{"Authorization": "x"}"#), ("list", #"["a", "sk-0123456789abcdef"]"#),
        ]
    )
    func secret(_ name: String, _ text: String) throws {
        let value = text.hasPrefix("{") || text.hasPrefix("[\"") ? try JSONParser.parse(text) : .string(text)
        #expect(signs.isSecret(value, named: name, schema: nil))
        #expect(signs.isSecret("x", named: "note", schema: ["format": "password"]))
    }

    @Test(
        "and leaves ordinary values alone",
        arguments: [
            ("url", "https://example.org/a@b"), ("tokens", "many"), ("author", "Ada"), ("file", "secrets.txt"),
            ("note", "eyJ"), ("monkey", "banana"), ("email", "ada@example.org"), ("query", "password reset"),
        ]
    )
    func ordinary(_ name: String, _ text: String) {
        #expect(!signs.isSecret(.string(text), named: name, schema: nil))
    }

    @Test("a text loses the words that are secrets, and no others")
    func redacted() {
        #expect(
            signs.redacted("Fetch https://me:pw@example.org/x with sk-0123456789abcdef and go")
                == "Fetch [redacted] with [redacted] and go"
        )
    }
}
