import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Storage

/// What a server listed when it was last asked, so that its tools can be found without starting it.
struct ServerListing: Sendable {
    var tools: [Tool]
    var instructions: String?
}

/// Keeps listings in a folder, one file a server.
package struct ServerListings: Sendable {
    /// Nil keeps none.
    private let folder: String?

    package init(folder: String?) { self.folder = folder }

    /// The kept listing of a server; nil where there is none, or where the server is another one by now.
    func listing(of server: MCPServerConfiguration) -> ServerListing? {
        guard let file = file(of: server), let bytes = try? FileSystem.read(file, limit: 64 << 20),
            let json = try? JSONParser.parse(utf8: bytes), let tools = json["tools"]?.arrayValue
        else { return nil }
        return ServerListing(
            tools: tools.compactMap { try? Tool(json: $0) },
            instructions: json["instructions"]?.stringValue
        )
    }

    /// Keeps a listing. That a disk is full must not keep a server from being used.
    func keep(_ listing: ServerListing, of server: MCPServerConfiguration) {
        guard let folder, let file = file(of: server) else { return }
        let json: JSONValue = [
            "server": .string(server.name), "tools": .array(listing.tools.map(\.json)),
            "instructions": JSONValue(listing.instructions),
        ]
        do {
            try FileSystem.createFolder(folder)
            let temporary = "\(file).\(RandomBytes.identifier()).tmp"
            try FileSystem.write(Array(json.serialized().utf8), to: temporary)
            try FileSystem.commit(temporary, as: file)
        } catch {
            return
        }
    }

    /// Named by what the server is, so that a changed command line is a server of its own.
    private func file(of server: MCPServerConfiguration) -> String? {
        guard let folder else { return nil }
        let identity =
            switch server.transport {
            case .stdio(let process): [process.command] + process.arguments + [process.workingFolder ?? ""]
            case .http(let endpoint): [endpoint.url.wireText]
            }
        let digest = ContentHash(of: ([server.name] + identity).joined(separator: "\u{0}")).hexadecimal.prefix(32)
        return "\(folder)/\(digest).json"
    }
}
