package import JSONSchema

/// Everything that decides a run's figures: data, library, system and its switches.
package struct RunConfiguration: Sendable, Hashable {
    package let members: JSONObject

    package init(_ members: JSONObject) { self.members = members }

    /// The same for equal members in whatever order.
    package var hash: Fingerprint { Fingerprint(of: Self.sorted(.object(members)).serialized()) }

    /// Names of members that differ, sorted.
    func differences(from other: RunConfiguration) -> [String] {
        Set(members.keys).union(other.members.keys).filter { members[$0] != other.members[$0] }.sorted()
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, sorted($0.value)) }))
        case .array(let elements): .array(elements.map(sorted))
        case .null, .bool, .integer, .number, .string: value
        }
    }
}
