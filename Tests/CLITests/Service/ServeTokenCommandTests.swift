import JSONSchema
import Storage
import TestSupport
import Testing

@Suite("skillweaver serve token", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct ServeTokenCommandTests {
    @Test("a token is made, shown once, listed without its text, and revoked")
    func life() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let made = try await skillweaver(
                "serve",
                "token",
                "create",
                "--name",
                "ci",
                "--scope",
                "runs:write",
                "--scope",
                "library",
                "--expires",
                "30d"
            )
            let secret = made.output.trimmingSuffix(while: \.isNewline)
            #expect(made.code == 0 && secret.hasPrefix("sw_") && secret.utf8.count == 46)
            #expect(!made.errors.contains(secret))
            let listed = try await skillweaver("serve", "token", "list", "--json").json["tokens"]?.arrayValue
            let token = try #require(listed?.first)
            #expect(token["name"] == "ci" && token["scopes"] == ["library", "runs:write"])
            #expect(token["last_used_at"] == .null && token["expires_at"]?.stringValue?.hasSuffix("Z") == true)
            let text = try await skillweaver("serve", "token", "list")
            #expect(text.output.contains("library,runs:write") && !text.output.contains(secret))

            let id = try #require(token["id"]?.stringValue)
            #expect(try await skillweaver("serve", "token", "revoke", id).code == 0)
            let again = try await skillweaver("serve", "token", "revoke", id, "--json")
            #expect(again.code == 1 && again.error?["code"] == "unknown-token")
            #expect(try await skillweaver("serve", "token", "list", "--json").json == ["tokens": []])
            let json = try await skillweaver("serve", "token", "create", "--name", "j", "--scope", "admin", "--json")
            #expect(try json.json["token"]?.stringValue?.hasPrefix("sw_") == true)
        }
    }

    @Test(
        "what makes no token is a wrong command line",
        arguments: [
            ["--scope", "library"], ["--name", "n"], ["--name", " ", "--scope", "library"],
            ["--name", "n", "--scope", "everything"], ["--name", "n", "--scope", "library", "--expires", "soon"],
            ["--name", "n", "--scope", "library", "--expires", "0d"],
            ["--name", "n", "--scope", "library", "--expires", "30"],
            ["--name", "n", "--scope", "library", "--expires", "-1d"],
            ["--name", "n", "--scope", "library", "--expires", "+1d"],
            ["--name", "n", "--scope", "library", "--expires", "1000w"],
            ["--name", "n", "--scope", "library", "--expires", "99999999999999999999d"],
        ]
    )
    func wrong(words: [String]) async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver.run(["serve", "token", "create"] + words)
            #expect(outcome.code == 2 && outcome.output.isEmpty, "\(outcome.errors)")
        }
    }

    @Test("a damaged file is an error that says what to do")
    func damaged() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let home = "\(folder)/damaged"
            _ = try await skillweaver("--home", home, "serve", "token", "create", "--name", "n", "--scope", "admin")
            try FileSystem.write(Array("{}".utf8), to: "\(home)/service/tokens.json")
            for words in [["list"], ["revoke", "x"], ["create", "--name", "n", "--scope", "admin"]] {
                let outcome = try await skillweaver.run(["--home", home, "serve", "token"] + words + ["--json"])
                #expect(outcome.code == 1 && outcome.error?["code"] == "damaged-tokens")
            }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        String(reversed().drop(while: isTrimmed).reversed())
    }
}
