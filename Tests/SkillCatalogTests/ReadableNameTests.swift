import SkillCatalog
import Testing

@Suite("A name in words")
struct ReadableNameTests {
    @Test(
        "keeps what tells it from others",
        arguments: [
            ("acme/send-email-mcp-server", "send email"),
            ("sendEmail", "send email"),
            ("send_email", "send email"),
            ("getHTTPStatus", "get http status"),
            ("owner/mcp-server", "owner"),
            ("acme-corp/model-context-protocol", "acme corp"),
            ("mcp-server", "mcp-server"),
            ("GET /users/{user_id}/posts", "get users user id posts"),
            ("/movie/{id}", "movie id"),
            ("a/b/c-tool", "b c tool"),
            ("日本語", "日本語"),
            ("", ""),
        ]
    )
    func words(name: String, words: String) {
        #expect(ReadableName.words(of: name) == words)
    }
}
