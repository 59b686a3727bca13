import JSONSchema
package import ModelContextProtocol
import Storage
import Synchronization

/// The definitions of servers' tools as they were when the user first saw them, by hash.
///
/// A server that changes what a tool says about itself after it was accepted may want to mislead the model that reads it.
/// Such a tool is not called until the user has accepted its new definition.
package final class MCPToolPins: Sendable {
    /// What a listing showed against the pins.
    package struct Review: Sendable, Hashable {
        /// Tools whose definition is not the accepted one.
        package var changed: [String] = []
        /// Tools of a known server that were not there before.
        package var added: [String] = []
        package var removed: [String] = []

        package init() {}
    }

    private struct State {
        /// By server, then by the tool's own name: hash of the accepted definition.
        var accepted: [String: [String: String]] = [:]
        /// What was seen last and is not accepted.
        var pending: [String: [String: String]] = [:]
    }

    /// Nil keeps pins in memory only.
    private let file: String?
    private let state: Mutex<State>

    /// Reads the pins of a file; none where it is not there.
    ///
    /// - Throws: `MCPPinsError` for a file that is not understood: forgetting pins would accept everything.
    package init(file: String?) throws(MCPPinsError) {
        self.file = file
        var state = State()
        if let file, FileSystem.exists(file) {
            do {
                let json = try JSONParser.parse(utf8: try FileSystem.read(file, limit: 64 << 20))
                state.accepted = try Self.hashes(json["accepted"])
                state.pending = try Self.hashes(json["pending"])
            } catch {
                throw MCPPinsError(file: file, reason: "\(error)")
            }
        }
        self.state = Mutex(state)
    }

    /// Compares what a server lists with what was accepted; a server that is new here is accepted as it is.
    package func review(_ tools: [Tool], of server: String) throws(MCPPinsError) -> Review {
        let seen = Dictionary(tools.map { ($0.name, Self.hash($0)) }, uniquingKeysWith: { first, _ in first })
        var review = Review()
        let isNew = state.withLock { state -> Bool in
            guard let known = state.accepted[server] else {
                state.accepted[server] = seen
                return true
            }
            var pending: [String: String] = [:]
            for (name, hash) in seen.sorted(by: { $0.key < $1.key }) {
                switch known[name] {
                case hash: break
                case nil:
                    review.added.append(name)
                    state.accepted[server]?[name] = hash
                default:
                    review.changed.append(name)
                    pending[name] = hash
                }
            }
            review.removed = known.keys.filter { seen[$0] == nil }.sorted()
            state.pending[server] = pending.isEmpty ? nil : pending
            return false
        }
        if isNew || review != Review() { try save() }
        return review
    }

    /// The tool's definition changed, and nobody has accepted that.
    package func isPending(_ tool: String, of server: String) -> Bool {
        state.withLock { $0.pending[server]?[tool] != nil }
    }

    /// Tools with changed definitions, by server.
    package var pending: [(server: String, tools: [String])] {
        state.withLock { state in
            state.pending.sorted { $0.key < $1.key }.map { ($0.key, $0.value.keys.sorted()) }
        }
    }

    /// Accepts changed definitions: of the named tools, or of all.
    ///
    /// - Returns: the tools that were accepted.
    package func accept(_ tools: [String]?, of server: String) throws(MCPPinsError) -> [String] {
        let accepted = state.withLock { state -> [String] in
            let pending = state.pending[server] ?? [:]
            let chosen = pending.filter { tools?.contains($0.key) ?? true }
            for (name, hash) in chosen {
                state.accepted[server]?[name] = hash
                state.pending[server]?[name] = nil
            }
            if state.pending[server]?.isEmpty == true { state.pending[server] = nil }
            return chosen.keys.sorted()
        }
        if !accepted.isEmpty { try save() }
        return accepted
    }

    // MARK: - The file

    private func save() throws(MCPPinsError) {
        guard let file else { return }
        let json = state.withLock { state -> JSONValue in
            ["version": 1, "accepted": Self.json(state.accepted), "pending": Self.json(state.pending)]
        }
        do {
            try FileSystem.createFolder(FileSystem.parent(of: file))
            let temporary = "\(file).\(RandomBytes.identifier()).tmp"
            try FileSystem.write(Array((json.serialized(.indented) + "\n").utf8), to: temporary)
            try FileSystem.commit(temporary, as: file)
        } catch {
            throw MCPPinsError(file: file, reason: "\(error)")
        }
    }

    /// Everything a model reads of a tool, and what says how dangerous it is.
    static func hash(_ tool: Tool) -> String {
        let parts: JSONValue = [
            "description": JSONValue(tool.description), "title": JSONValue(tool.title),
            "input": .object(tool.inputSchema), "output": tool.outputSchema.map(JSONValue.object) ?? .null,
            "annotations": tool.annotations?.json ?? .null,
        ]
        return ContentHash(of: parts.sortedByName.serialized()).hexadecimal
    }

    private static func json(_ hashes: [String: [String: String]]) -> JSONValue {
        .object(
            JSONObject(
                hashes.sorted { $0.key < $1.key }.map { server, tools in
                    (server, .object(JSONObject(tools.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })))
                }
            )
        )
    }

    private static func hashes(_ json: JSONValue?) throws(MalformedValue) -> [String: [String: String]] {
        var hashes: [String: [String: String]] = [:]
        guard let servers = json?.objectValue else { throw MalformedValue(problem: "is no file of accepted tools") }
        for (server, tools) in servers {
            guard let tools = tools.objectValue else { throw MalformedValue([server], problem: "must be an object") }
            hashes[server] = [:]
            for (tool, hash) in tools {
                guard let hash = hash.stringValue else {
                    throw MalformedValue([server, tool], problem: "must be a text")
                }
                hashes[server]?[tool] = hash
            }
        }
        return hashes
    }
}

/// The file of accepted tool definitions cannot be used.
package struct MCPPinsError: Error, Sendable, Hashable, CustomStringConvertible {
    package var file: String
    package var reason: String

    package var description: String {
        "\(file): \(reason); mend it, or remove it to accept all servers' tools as they are now"
    }
}

extension JSONValue {
    /// The same value with members in the order of their names, so that equal values are equal texts.
    fileprivate var sortedByName: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sortedByName))
        case .object(let members):
            .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sortedByName) }))
        default: self
        }
    }
}
