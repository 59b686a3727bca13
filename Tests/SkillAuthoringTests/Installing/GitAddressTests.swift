import Testing

@testable import SkillAuthoring

@Suite("Addresses of Git repositories")
struct GitAddressTests {
    @Test(
        "Usual addresses are understood",
        arguments: [
            ("https://example.org/a/skills.git", nil, "skills"),
            ("https://example.org/a/skills#v1.2", "v1.2", "skills"),
            ("ssh://git@example.org:22/a/b.git#feature/x", "feature/x", "b"), ("git@example.org:a/b.git", nil, "b"),
            ("git+https://example.org/b", nil, "b"), ("file:///srv/git/b.git", nil, "b"),
            (
                "https://user@example.org/b#0123456789abcdef0123456789abcdef01234567",
                "0123456789abcdef0123456789abcdef01234567", "b"
            ),
        ] as [(String, String?, String)]
    )
    func understood(text: String, revision: String?, name: String) throws {
        let address = try GitAddress(text)
        #expect(address.revision == revision)
        #expect(address.name == name)
        #expect(!address.url.contains("#"))
    }

    @Test(
        "Options, commands, bare protocols and passwords are refused",
        arguments: [
            "--upload-pack=touch /tmp/x", "--upload-pack=x://y", "-u://x", "ext::sh -c 'touch /tmp/x'", "ext::sh",
            "fd::17", "http://example.org/a", "git://example.org/a", "ftp://example.org/a", "https://",
            "https://example.org", "https://example.org/", "https:///a", "ssh://-oProxyCommand=x/a", "ssh://a@-b/c",
            "git@-oProxyCommand=x:a", "git@host:-a", "git@host:", "@host:a", "https://u:p@example.org/a",
            "https://example.org/a#--upload-pack=x", "https://example.org/a#", "https://example.org/a#a..b",
            "https://example.org/a#a:refs/heads/b", "https://example.org/a#+x", "https://example.org/a b",
            "https://example.org/a\nb", "file://host/a", "file:///",
        ]
    )
    func refused(text: String) throws {
        let error = try #require(throws: AuthoringError.self) { try GitAddress(text) }
        #expect(error.kind == .usage)
        #expect(!error.description.contains("u:p"))
    }
}
