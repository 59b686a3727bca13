import SkillCatalog
import SkillRetrieval
import SkillWeaver
import Storage
import TestSupport
import Testing

@testable import SkillRouting

@Suite(
    "A router over a shared library",
    .postgreSQL,
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence),
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct SharedLibraryRoutingTests {
    static let queries = [
        "draw a bar chart", "download a web page", "read a CSV file", "commit my changes",
        "move a file to another folder",
        "transform records and load them", "call a REST endpoint with a token", "plot the sales of each month",
        "show what changed since the last commit", "fetch https://example.com/data.csv", "delete old files",
        "parse comma separated values", "post JSON to an API", "clean and aggregate a table", "create a branch",
    ]

    @Test("finds what a router over the same library on disk finds, in the same order")
    func sameAsOnDisk() async throws {
        try await withShared { options, store in
            let local = try await SkillRouter(library: .folder(PackageRoot.path("Skills")), options: options)
            let shared = try await SkillRouter(library: .shared(nil, store), options: options)
            for query in Self.queries {
                let onDisk = try await local.search(query, top: 7)
                let found = try await shared.search(query, top: 7)
                #expect(found.map(\.skill) == onDisk.map(\.skill), "\(query)")
                #expect(found.first?.tool == onDisk.first?.tool, "\(query)")
            }
            let request = "Download the dataset, transform it and create a visual report"
            let plans = (try await local.route(request), try await shared.route(request))
            #expect(plans.0.steps.map(\.skill) == plans.1.steps.map(\.skill))
        }
    }

    @Test("goes on where the generation it had was swept away while it was idle")
    func idle() async throws {
        try await withShared { options, store in
            let router = try await SkillRouter(library: .shared("skills", store), options: options)
            var writing = SharedWritingOptions()
            writing.retention = .zero
            let embedder = try await RouterResources.embedder(options)
            let indexer = SharedLibraryIndexer(embedder: embedder, copies: options.home.workingCopies, writing: writing)
            for skill in ["git", "chart-gen", "file-ops"] {
                let source = try SkillSources.source(at: PackageRoot.path("Skills/\(skill)"), name: nil)
                _ = try await indexer.index([source], into: "skills", of: store.address)
            }
            #expect(try await router.search("draw a bar chart").map(\.skill) == ["file-ops"])
            #expect(try await router.route("Move a file").steps.first?.skill == "file-ops")
        }
    }

    /// A database with the bundled skills as the library `skills`.
    private func withShared(_ body: (RouterOptions, LibraryStore) async throws -> Void) async throws {
        let server = try #require(PostgreSQLServer.current)
        let store = try LibraryStore(PostgreSQLServer.text(of: server.database()))
        try await withTemporaryFolder { folder in
            var options = RouterOptions(environment: { _ in nil })
            options.home = SkillHome(folder: "\(folder)/home")
            options.installation = Installation(encoder: Installed.encoder, runtime: Installed.runtime)
            let indexer = try RouterResources.sharedIndexer(
                embedder: try await RouterResources.embedder(options),
                options: options
            )
            let source = try SkillSources.source(at: PackageRoot.path("Skills"), name: nil)
            _ = try await indexer.index([source], into: "skills", of: store.address)
            try await body(options, store)
        }
    }
}
