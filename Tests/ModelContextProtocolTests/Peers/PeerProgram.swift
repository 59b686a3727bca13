import FoundationEssentials
import TestSupport
import Testing

/// Programs that speak the protocol and were not written here.
enum PeerProgram {
    static let absence: Comment = "needs the protocol's servers; run 'Scripts/setup test'"

    /// Python with the official SDK of both eras and FastMCP.
    static let python = installed("mcp-python/bin/python")
    /// Python with the last SDK that knows only the legacy era.
    static let oldPython = installed("mcp-servers/bin/python")

    static var areInstalled: Bool { python != nil && oldPython != nil }

    /// A reference server, of the new SDK or of the old one.
    static func reference(_ name: String, isOld: Bool = false) -> String? {
        installed("\(isOld ? "mcp-servers" : "mcp-python")/bin/mcp-server-\(name)")
    }

    static func script(_ name: String) -> String {
        PackageRoot.path("Tests/ModelContextProtocolTests/Servers/\(name).py")
    }

    private static func installed(_ path: String) -> String? {
        let path = PackageRoot.path(".deps/\(path)")
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
