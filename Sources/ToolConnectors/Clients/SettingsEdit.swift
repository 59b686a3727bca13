package import JSONSchema

/// Changes one server in the text of a client's settings and leaves every other byte as it is: comments, order, layout.
package struct SettingsEdit: Sendable {
    package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The text is not JSON, comments and commas at the end aside.
        case notJSON(JSONSyntaxError)
        /// The text, or the member with the servers, is no object.
        case notObject(String)

        package var description: String {
            switch self {
            case .notJSON(let error):
                "it is not JSON: \(error.reason) (line \(error.line), column \(error.column)); repair it first"
            case .notObject(let what): "\(what) is no object; repair it first"
            }
        }
    }

    /// The member of the text that holds the servers.
    package var shape: MCPConfiguration.Shape
    package var name: String

    package init(shape: MCPConfiguration.Shape, name: String) {
        self.shape = shape
        self.name = name
    }

    /// The text with the server in it.
    ///
    /// - Parameter bytes: what the file holds; empty for one that does not exist yet.
    package func adding(_ entry: JSONValue, to bytes: [UInt8]) throws(Fault) -> [UInt8] {
        guard !Self.isBlank(bytes) else {
            let document: JSONValue = .object(JSONObject([(shape.rawValue, .object(JSONObject([(name, entry)])))]))
            return Array((document.serialized(.indented) + "\n").utf8)
        }
        let (text, root) = try read(bytes)
        let layout = TextLayout(text, root: root)
        guard let servers = root.last(named: shape.rawValue) else {
            let value = JSONValue.object(JSONObject([(name, entry)]))
            return layout.inserting(shape.rawValue, value, into: root, depth: 1)
        }
        guard let places = JSONMemberPlaces(text.strict, at: servers.value.lowerBound) else {
            throw .notObject("`\(shape.rawValue)`")
        }
        guard let known = places.last(named: name) else {
            return layout.inserting(name, entry, into: places, depth: 2)
        }
        let current = try? JSONParser.parse(utf8: Array(text.strict[known.value]))
        guard current != entry else { return bytes }
        return layout.replacing(known.value, by: entry, depth: 2)
    }

    /// The text without the server; unchanged where it is not there.
    package func removing(from bytes: [UInt8]) throws(Fault) -> [UInt8] {
        guard !Self.isBlank(bytes) else { return bytes }
        var bytes = bytes
        // Written twice it is removed twice.
        while true {
            let (text, root) = try read(bytes)
            guard let servers = root.last(named: shape.rawValue) else { return bytes }
            guard let places = JSONMemberPlaces(text.strict, at: servers.value.lowerBound) else {
                throw .notObject("`\(shape.rawValue)`")
            }
            guard let place = places.members.lastIndex(where: { $0.name == name }) else { return bytes }
            bytes = TextLayout(text, root: root).removing(place, from: places)
        }
    }

    private func read(_ bytes: [UInt8]) throws(Fault) -> (CommentedJSON, JSONMemberPlaces) {
        let text: CommentedJSON
        do throws(JSONSyntaxError) { text = try CommentedJSON(bytes) } catch { throw .notJSON(error) }
        guard let root = JSONMemberPlaces(text.strict) else { throw .notObject("the file") }
        return (text, root)
    }

    private static func isBlank(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return bytes[start...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
