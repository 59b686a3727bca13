import JSONSchema
import TestSupport
import Testing

@Suite(
    "An OpenAPI document on the command line",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct ToolDocumentCommandTests {
    private static func document(_ server: String) -> String {
        """
        openapi: 3.1.0
        info: {title: Pet shop, version: "1"}
        servers: [{url: "\(server)"}]
        paths:
          /pets:
            get: {operationId: list_pets, summary: List all pets of the shop, responses: {"200": {description: ok}}}
            post: {operationId: add_pet, summary: Add a new pet to the shop, responses: {"200": {description: ok}}}
        """
    }

    private static let broken = ScriptedResponse.whole("{}", status: "500 Oops")

    @Test("is searched, planned with and run; what is safe is tried again, what is not is left alone")
    func runs() async throws {
        try await withSkillWeaver { skillweaver, folder in
            try await withScriptedServer(["*": [Self.broken, .whole(#"["Rex"]"#)]]) { server in
                let file = "\(folder)/petshop.yaml"
                try write(Self.document(server.origin), to: file)
                let search = try await skillweaver("search", "list the pets", "--library", file, "--json")
                #expect(search.code == 0 && search.output.contains("list_pets"), "\(search.errors)")
                let listed = try await skillweaver(
                    "run",
                    "List all pets of the shop",
                    "--library",
                    file,
                    "--grant",
                    "petshop=loopback",
                    "--approve",
                    "auto",
                    "--json",
                    "--workspace",
                    folder
                )
                #expect(listed.code == 0, "\(listed.output)\(listed.errors)")
                let seen1 = try server.requests()
                #expect(seen1.map(\.method) == ["GET", "GET"])
            }
            try await withScriptedServer(["*": [Self.broken, .whole("{}")]]) { server in
                let file = "\(folder)/shop/petshop.yaml"
                try write(Self.document(server.origin), to: file)
                let added = try await skillweaver(
                    "run",
                    "Add a new pet to the shop",
                    "--library",
                    file,
                    "--grant",
                    "petshop=loopback",
                    "--approve",
                    "auto",
                    "--json",
                    "--workspace",
                    folder
                )
                #expect(added.code != 0)
                let seen2 = try server.requests()
                #expect(seen2.map(\.method) == ["POST"])
            }
        }
    }

    @Test("gets its secret from a granted variable, and shows it nowhere")
    func secrets() async throws {
        try await withSkillWeaver { skillweaver, folder in
            var skillweaver = skillweaver
            skillweaver.environment = ["PETSHOP_TOKEN": "very-secret-token"]
            let server = skillweaver
            try await withScriptedServer(["*": [.whole(#"{"you sent": "very-secret-token"}"#)]]) { pets in
                let file = "\(folder)/petshop.yaml"
                let security = """

                    security: [{token: []}]
                    components: {securitySchemes: {token: {type: http, scheme: bearer}}}
                    """
                try write(Self.document(pets.origin) + security, to: file)
                let grants = #"{"skills": {"petshop": {"network": ["loopback"], "environment": ["PETSHOP_TOKEN"]}}}"#
                try write(grants, to: "\(folder)/grants.json")
                let run = try await server(
                    "run",
                    "List all pets of the shop",
                    "--library",
                    file,
                    "--grants",
                    "\(folder)/grants.json",
                    "--approve",
                    "auto",
                    "--json",
                    "--workspace",
                    folder
                )
                #expect(run.code == 0, "\(run.output)\(run.errors)")
                let request = try pets.requests().first
                #expect(request?.header("Authorization") == "Bearer very-secret-token")
                #expect(!"\(run.output)\(run.errors)".contains("very-secret"))
                let journal = try await server("runs", "list", "--json")
                #expect(!journal.output.contains("very-secret"))
            }
        }
    }

    @Test("of the same name as another is kept apart, and said")
    func twoOfOneName() async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write(Self.document("https://a.example"), to: "\(folder)/a/petshop.yaml")
            try write(#"[{"name": "list", "description": "Lists"}]"#, to: "\(folder)/b/petshop.json")
            let indexed = try await skillweaver(
                "index",
                "\(folder)/a/petshop.yaml",
                "\(folder)/b/petshop.json",
                "--library",
                "both",
                "--json"
            )
            #expect(indexed.code == 0, "\(indexed.errors)")
            let skills = try await skillweaver("skills", "list", "--library", "both", "--json").json["skills"]
            let ids = (skills?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            #expect(ids.count == 2 && Set(ids).count == 2 && ids.contains("petshop"), "\(ids)")
            #expect("\(indexed.output)\(indexed.errors)".contains("duplicate"))
        }
    }
}
