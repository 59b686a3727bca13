import JSONSchema
import Storage

/// Trust in the MCP servers a project brings along: its configuration names programs to start.
extension TrustStore {
    private static let section = "configurations"

    /// Whether the servers of a configuration file may be started. Reads the file.
    package func state(ofConfiguration path: String) throws(AuthoringError) -> State {
        let real = RealFolder.of(path) ?? path
        guard let known = try entries(Self.section)[real]?.stringValue else { return .untrusted }
        return try Self.hash(ofFile: real) == known ? .trusted : .changed
    }

    /// Trusts a configuration file with the content it has now.
    @discardableResult
    package func trust(configuration path: String) async throws(AuthoringError) -> String {
        let real = RealFolder.of(path) ?? path
        let hash = try Self.hash(ofFile: real)
        try await change(Self.section) { $0[real] = .string(hash) }
        return hash
    }

    /// Forgets a configuration file; false where it was not trusted.
    package func revoke(configuration path: String) async throws(AuthoringError) -> Bool {
        let real = RealFolder.of(path) ?? path
        guard try entries(Self.section)[real] != nil else { return false }
        try await change(Self.section) { $0[real] = nil }
        return true
    }

    private static func hash(ofFile path: String) throws(AuthoringError) -> String {
        do throws(StorageError) {
            return "sha256:" + ContentHash(of: try FileSystem.read(path, limit: 64 << 20)).hexadecimal
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
    }
}
