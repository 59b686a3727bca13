import FoundationEssentials
package import Storage
import Subprocesses
public import Testing

/// A PostgreSQL server with pgvector that runs while the tests of one suite do.
///
/// A suite asks for it with `@Suite(.postgreSQL)`; each test then makes a database of its own.
public struct PostgreSQLServer: Sendable {
    /// The server of the running suite; nil where it could not be had.
    @TaskLocal public static var current: PostgreSQLServer?

    /// Why a test was skipped.
    public static let absence: Comment = "needs the PostgreSQL of the test tools; run 'Scripts/setup test'"

    public static let isInstalled: Bool = {
        guard let python = Installed.python else { return false }
        let libraries = URL(filePath: python).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "lib"
        )
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path())) ?? []
        return versions.contains {
            FileManager.default.fileExists(atPath: libraries.appending(path: "\($0)/site-packages/pgserver").path())
        }
    }()

    private let folder: String
    private let address: String

    /// Makes an empty database.
    package func database(named name: String = "t\(UInt64.random(in: 0...UInt64.max))") throws -> PostgreSQLAddress {
        let connection = try PostgreSQLConnection(to: PostgreSQLAddress(address))
        try connection.execute("CREATE DATABASE \(name)")
        return try PostgreSQLAddress(address.replacing("/postgres?", with: "/\(name)?"))
    }

    /// The address of a database, for programs that are started by a test.
    package static func text(of address: PostgreSQLAddress) -> String { address.withSecrets }

    /// Restarts the server without letting anybody finish; only for a suite that has the server to itself.
    package func restart() async throws { _ = try await Self.script("restart", folder) }

    fileprivate static func start() async throws -> PostgreSQLServer {
        // Sockets have short paths only.
        let folder = "/tmp/skw-pg-\(UInt32.random(in: 0...UInt32.max))"
        let result = try await script("start", folder)
        let address = result.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
        return PostgreSQLServer(folder: folder, address: address)
    }

    fileprivate func stop() async throws {
        _ = try await Self.script("stop", folder)
        try FileManager.default.removeItem(atPath: folder)
    }

    private static func script(_ words: String...) async throws -> String {
        let script = PackageRoot.path("Tests/TestSupport/Servers/postgresql_server.py")
        let process = Subprocess(executable: Installed.python ?? "python3", arguments: [script] + words)
        return try await process.run().checked("postgresql_server.py").outputText
    }
}

/// Starts the server before the first test of a suite and stops it after the last.
public struct PostgreSQLTrait: SuiteTrait, TestScoping {
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard PostgreSQLServer.isInstalled else { return try await function() }
        let server = try await PostgreSQLServer.start()
        do {
            try await PostgreSQLServer.$current.withValue(server) { try await function() }
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }
}

extension Trait where Self == PostgreSQLTrait {
    /// Gives the tests of a suite a PostgreSQL server.
    public static var postgreSQL: PostgreSQLTrait { PostgreSQLTrait() }
}
