import JSONSchema
import TestSupport
import Testing

@Suite(
    "skillweaver with an embeddings endpoint",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct EmbeddingEndpointTests {
    private static let embeddings = "/v1/embeddings"
    private static let records = """
        {"id":"mail","name":"mail","description":"Send e-mail to people"}
        {"id":"plot","name":"plot","description":"Draw charts from tables"}

        """

    /// Runs a body with a library `mine`, indexed through an endpoint that plays these models one after another.
    private func withLibrary(
        _ script: [ScriptedResponse] = [[.embeddings()]],
        _ body: @escaping @Sendable (SkillWeaverCommand, _ folder: String, ScriptedServer) async throws -> Void
    ) async throws {
        try await withScriptedServer([Self.embeddings: script]) { server async throws in
            try await withSkillWeaver { skillweaver, folder in
                var skillweaver = skillweaver
                skillweaver.environment = [
                    "SKILLWEAVER_EMBEDDING_MODEL": "words", "SKILLWEAVER_EMBEDDING_URL": server.origin,
                    "SKILLWEAVER_EMBEDDING_KEY": "sk-secret-123",
                ]
                try write(Self.records, to: "\(folder)/mine.jsonl")
                let indexed = try await skillweaver("index", "\(folder)/mine.jsonl", "--json")
                #expect(indexed.code == 0, "\(indexed.errors)")
                try await body(skillweaver, folder, server)
            }
        }
    }

    @Test("indexes, searches and routes by it, and says that there are no token states")
    func use() async throws {
        try await withLibrary { skillweaver, folder, server in
            let found = try await skillweaver("search", "charts from tables", "--library", "mine", "--json")
            #expect(try found.json["results"]?.arrayValue?.first?["skill"] == "plot")
            let shown = try await skillweaver("search", "charts", "-l", "mine")
            #expect(shown.errors.contains("words gives no token states"))
            let first = try await skillweaver("search", "charts", "-l", "mine", "--stages", "first")
            #expect(!first.errors.contains("token states"))
            let plan = try await skillweaver("route", "Send e-mail to people", "--library", "mine", "--json")
            #expect(try plan.json["steps"]?.arrayValue?.first?["skill"] == "mail")
            #expect(try plan.json["diagnostics"]?.serialized().contains("token states") == true)
            let doctor = try await skillweaver("doctor")
            #expect(doctor.output.contains("words at \(server.origin)/v1, 64 dimensions"))
            #expect(!(doctor.output + doctor.errors + found.errors).contains("sk-secret-123"))
            // What was embedded before is not embedded again.
            let count = try server.requests().count
            _ = try await skillweaver("index", "\(folder)/mine.jsonl", "--library", "again")
            #expect(try server.requests().count <= count + 2)
        }
    }

    @Test("notices another model, other dimensions, and another model under the same name")
    func swapped() async throws {
        try await withLibrary { skillweaver, folder, server in
            var local = skillweaver
            local.environment = [:]
            #expect(try await local("search", "charts", "-l", "mine", "--json").error?["code"] == "other-model")
            let other = try await skillweaver("search", "charts", "-l", "mine", "--json", "--embedding-model", "x")
            #expect(other.error?["code"] == "other-model")
        }
        let models: [(ScriptedEmbeddings, says: String)] = [
            (ScriptedEmbeddings(dimensions: 32), "was indexed with words"),
            (ScriptedEmbeddings(salt: "other"), "other vectors"),
        ]
        for (model, says) in models {
            // One call for the dimensions, two for the texts and the names.
            let first = ScriptedResponse([.embeddings()])
            try await withLibrary([first, first, first, [.embeddings(model)]]) { skillweaver, folder, _ in
                let refused = try await skillweaver("search", "charts", "-l", "mine", "--json")
                #expect(refused.code == 1)
                #expect(refused.error?["code"] == "other-model")
                #expect(refused.error?["message"]?.stringValue?.contains(says) == true, "\(refused.errors)")
                let indexed = try await skillweaver("index", "--library", "mine", "--json").json
                #expect(indexed["embedded_texts"] == 2)
                let found = try await skillweaver("search", "charts from tables", "-l", "mine", "--json")
                #expect(try found.json["results"]?.arrayValue?.first?["skill"] == "plot")
            }
        }
    }

    @Test("leaves a library as it was where the endpoint fails in the middle")
    func failing() async throws {
        let broken = ScriptedResponse.whole(#"{"error":"quota"}"#, status: "400 Bad Request")
        let good = ScriptedResponse([.embeddings()])
        // Each later run asks for the dimensions, then looks at one entry.
        try await withLibrary([good, good, good, good, good, good, broken, good]) { skillweaver, folder, _ in
            let more = #"{"id":"git","name":"git","description":"Commit changes"}"# + "\n"
            try write(Self.records + more, to: "\(folder)/mine.jsonl")
            let failed = try await skillweaver("index", "--library", "mine", "--json")
            #expect(failed.code == 1)
            #expect(failed.error?["code"] == "embedding-endpoint-failed", "\(failed.errors)")
            let found = try await skillweaver("search", "charts from tables", "-l", "mine", "--json")
            #expect(try found.json["results"]?.arrayValue?.count == 2)
            #expect(try await skillweaver("index", "--library", "mine", "--json").json["added"] == 1)
        }
    }

    @Test("refuses what makes no sense on the command line")
    func usage() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let wrong = [
                ["--embedding-url", "http://localhost:1"], ["--embedding-dimensions", "3"],
                ["--embedding-model", "m", "--embedding-url", "ftp://x"],
                ["--embedding-model", "m", "--encoder", "/"],
            ]
            for options in wrong {
                let outcome = try await skillweaver.run(["search", "x"] + options)
                #expect(outcome.code == 2, "\(options): \(outcome.errors)")
            }
            let silent = try await skillweaver(
                "doctor",
                "--embedding-model",
                "m",
                "--embedding-url",
                "http://127.0.0.1:9"
            )
            #expect(silent.code == 1)
            #expect(silent.output.contains("m at http://127.0.0.1:9/v1"))
        }
    }
}
