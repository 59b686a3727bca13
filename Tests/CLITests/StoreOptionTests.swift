import JSONSchema
import Storage
import TestSupport
import Testing

@Suite(
    "skillweaver --store",
    .postgreSQL,
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence),
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence)
)
struct StoreOptionTests {
    @Test("indexes into a database, brings it up to date, and searches, routes and lists from there")
    func roundTrip() async throws {
        let server = try #require(PostgreSQLServer.current)
        let store = PostgreSQLServer.text(of: try server.database())
        try await withSkillWeaver { skillweaver, folder in
            let first = try await skillweaver("index", PackageRoot.path("Skills"), "--store", store, "--json")
            #expect(first.code == 0, "\(first.errors)")
            let count = JSONValue.integer(Int64(PackageRoot.bundledSkills.count))
            #expect(try first.json["added"] == count)
            #expect(try first.json["library"] == "Skills")
            // Another machine: a home of its own, nothing but the address.
            var elsewhere = skillweaver
            elsewhere.environment["XDG_DATA_HOME"] = "\(folder)/elsewhere"
            let again = try await elsewhere("index", "--store", store, "--json")
            #expect(try again.json["unchanged"] == count, "\(again.errors)")
            #expect(try again.json["embedded_texts"] == 0)
            let found = try await elsewhere("search", "draw a bar chart", "--store", store, "--json")
            #expect(try found.json["results"]?.arrayValue?.first?["skill"] == "chart-gen", "\(found.errors)")
            let plan = try await elsewhere(
                "route",
                "Download the dataset, then draw a chart",
                "--store",
                store,
                "--json"
            )
            #expect(plan.code == 0, "\(plan.errors)")
            let list = try await elsewhere("skills", "list", "--store", store, "--json")
            #expect(try list.json["skills"]?.arrayValue?.count == PackageRoot.bundledSkills.count)
            let git = try await elsewhere("skills", "show", "git", "--store", store, "--library", "Skills", "--json")
            #expect(try git.json["name"] == "git")
            let doctor = try await elsewhere("doctor", "--store", store)
            #expect(doctor.output.contains("with pgvector") || doctor.output.contains(", pgvector"), "\(doctor.output)")
        }
    }

    @Test("says what is wrong with a store, without its password")
    func wrongStores() async throws {
        let server = try #require(PostgreSQLServer.current)
        let empty = PostgreSQLServer.text(of: try server.database())
        let cases: [(store: String, code: String, exit: Int)] = [
            ("postgres://me:hush@127.0.0.1:1/skills", "storage-unreachable", 1),
            ("mysql://me:hush@host/db", "usage", 2),
            (empty, "library-not-found", 1),
        ]
        try await withSkillWeaver { skillweaver, _ in
            for (store, code, exit) in cases {
                let outcome = try await skillweaver("search", "anything", "--store", store, "--json")
                #expect(outcome.code == exit, "\(outcome.errors)")
                #expect(outcome.error?["code"]?.stringValue == code, "\(outcome.errors)")
                #expect(!outcome.errors.contains("hush"))
            }
        }
    }

    @Test("tells a second writer who writes")
    func secondWriter() async throws {
        let server = try #require(PostgreSQLServer.current)
        let address = try server.database()
        let store = PostgreSQLServer.text(of: address)
        try await withSkillWeaver { skillweaver, _ in
            let skills = PackageRoot.path("Skills")
            _ = try await skillweaver("index", skills, "--store", store, "--library", "lib")
            let writer = try PostgreSQLConnection(to: address, named: "skillweaver index 1 on elsewhere")
            try writer.execute(
                "SELECT pg_advisory_lock(1397446486, (SELECT number FROM skillweaver_libraries WHERE name = 'lib'))"
            )
            let outcome = try await skillweaver("index", skills, "--store", store, "--library", "lib", "--json")
            #expect(outcome.code == 1)
            #expect(outcome.error?["code"] == "library-busy")
            #expect(outcome.errors.contains("skillweaver index 1 on elsewhere"))
        }
    }
}
