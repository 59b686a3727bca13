public import JSONSchema

/// What the user allows the programs of skills, by the skill's id; a skill that is not named has only its workspace.
///
/// Kept in `grants.json` of the program's home:
///
/// ```json
/// {"skills": {"http-fetch": {"network": ["example.org:443", "*.example.com"], "read": ["/data"], "write": ["/srv/out"],
///                            "environment": ["EXAMPLE_TOKEN"]}}}
/// ```
public struct ToolGrants: Sendable, Hashable {
    /// What each skill may do, by the skill's id.
    public var skills: [String: SkillGrant]

    public init(skills: [String: SkillGrant] = [:]) { self.skills = skills }

    /// What one skill is allowed; nothing where it is not named.
    public subscript(skill: String) -> SkillGrant {
        get { skills[skill] ?? SkillGrant() }
        set { skills[skill] = newValue }
    }
}

/// What one skill is allowed beyond its workspace.
public struct SkillGrant: Sendable, Hashable {
    /// Hosts it may reach.
    public var network: [NetworkGrant]
    /// Absolute paths of files and folders it may read.
    public var readablePaths: [String]
    /// Absolute paths of files and folders it may read and change.
    public var writablePaths: [String]
    /// Names of the host's environment variables it sees: where secrets come from.
    public var environment: [String]

    public init(
        network: [NetworkGrant] = [],
        readablePaths: [String] = [],
        writablePaths: [String] = [],
        environment: [String] = []
    ) {
        self.network = network
        self.readablePaths = readablePaths
        self.writablePaths = writablePaths
        self.environment = environment
    }
}

/// Why grants cannot be read.
public struct GrantError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where: a JSON pointer into the grants.
    public var place: String
    public var reason: String

    public var description: String { "the grants cannot be used: \(place.isEmpty ? "" : "\(place): ")\(reason)" }
}

// MARK: - As JSON

extension ToolGrants {
    /// Reads grants strictly: a word nobody knows is a fault, because it may have been meant to restrict.
    public init(json: JSONValue) throws(GrantError) {
        let members = try GrantReading.object(json, "", known: ["skills"])
        let entries = try GrantReading.object(members["skills"] ?? [:], "/skills", known: nil)
        var skills: [String: SkillGrant] = [:]
        for (id, value) in entries { skills[id] = try SkillGrant(json: value, at: "/skills/\(id)") }
        self.init(skills: skills)
    }

    public var json: JSONValue {
        let entries = skills.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        return ["skills": .object(JSONObject(entries))]
    }
}

extension SkillGrant {
    init(json: JSONValue, at place: String) throws(GrantError) {
        let members = try GrantReading.object(json, place, known: ["network", "read", "write", "environment"])
        var network: [NetworkGrant] = []
        for (index, text) in try GrantReading.texts(members["network"], "\(place)/network").enumerated() {
            guard let grant = NetworkGrant(text) else {
                throw GrantError(
                    place: "\(place)/network/\(index)",
                    reason:
                        "'\(text)' is none of example.org:443, *.example.org, 127.0.0.1:8000, public, loopback, private, any"
                )
            }
            network.append(grant)
        }
        self.init(
            network: network,
            readablePaths: try GrantReading.paths(members["read"], "\(place)/read"),
            writablePaths: try GrantReading.paths(members["write"], "\(place)/write"),
            environment: try GrantReading.texts(members["environment"], "\(place)/environment")
        )
    }

    public var json: JSONValue {
        var members = JSONObject()
        if !network.isEmpty { members["network"] = JSONValue(network.map(\.description)) }
        if !readablePaths.isEmpty { members["read"] = JSONValue(readablePaths) }
        if !writablePaths.isEmpty { members["write"] = JSONValue(writablePaths) }
        if !environment.isEmpty { members["environment"] = JSONValue(environment) }
        return .object(members)
    }
}

private enum GrantReading {
    static func object(_ json: JSONValue, _ place: String, known: Set<String>?) throws(GrantError) -> JSONObject {
        guard let members = json.objectValue else {
            throw GrantError(place: place, reason: "an object is needed, not \(json.typeName)")
        }
        if let known, let stranger = members.keys.first(where: { !known.contains($0) }) {
            let names = known.sorted().joined(separator: ", ")
            throw GrantError(place: place, reason: "'\(stranger)' is not known; there are \(names)")
        }
        return members
    }

    static func texts(_ json: JSONValue?, _ place: String) throws(GrantError) -> [String] {
        guard let json else { return [] }
        guard let elements = json.arrayValue, elements.allSatisfy({ $0.stringValue != nil }) else {
            throw GrantError(place: place, reason: "a list of texts is needed")
        }
        return elements.compactMap(\.stringValue)
    }

    static func paths(_ json: JSONValue?, _ place: String) throws(GrantError) -> [String] {
        let paths = try texts(json, place)
        if let path = paths.first(where: { !$0.hasPrefix("/") || $0.utf8.contains(0) }) {
            throw GrantError(place: place, reason: "'\(path)' must be an absolute path")
        }
        return paths
    }
}
