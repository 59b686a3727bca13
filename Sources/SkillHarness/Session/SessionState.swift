public import JSONSchema
import SkillCatalog

/// What a session has loaded, to go on with it later or elsewhere.
public struct SessionState: Sendable, Hashable {
    /// One loaded skill.
    public struct Entry: Sendable, Hashable {
        public var skill: String
        /// Tools whose schemas are given in full.
        public var tools: [String]
        public var isPinned: Bool

        public init(skill: String, tools: [String], isPinned: Bool) {
            self.skill = skill
            self.tools = tools
            self.isPinned = isPinned
        }
    }

    /// In the order they were loaded.
    public var loaded: [Entry]

    public init(loaded: [Entry] = []) { self.loaded = loaded }

    public var json: JSONValue {
        [
            "version": 1,
            "loaded": .array(
                loaded.map { ["skill": .string($0.skill), "tools": JSONValue($0.tools), "pinned": .bool($0.isPinned)] }
            ),
        ]
    }

    /// Reads a state; nil for what is none, or of a later version.
    public init?(json: JSONValue) {
        guard json["version"]?.intValue == 1, let entries = json["loaded"]?.arrayValue else { return nil }
        loaded = []
        for entry in entries {
            guard let skill = entry["skill"]?.stringValue, let tools = entry["tools"]?.arrayValue else { return nil }
            loaded.append(
                Entry(
                    skill: skill,
                    tools: tools.compactMap(\.stringValue),
                    isPinned: entry["pinned"]?.boolValue ?? false
                )
            )
        }
    }
}

extension SkillSession {
    /// What is loaded now.
    public var state: SessionState {
        SessionState(
            loaded: loadedSkills.compactMap { id in
                loaded[id].map { SessionState.Entry(skill: id, tools: $0.fullTools, isPinned: $0.isPinned) }
            }
        )
    }

    /// Loads what a session had loaded.
    ///
    /// - Returns: what is not there any more, in sentences: a skill that has gone, a tool that a skill has lost.
    public func restore(_ state: SessionState) async -> [String] {
        var missing: [String] = []
        for entry in state.loaded {
            do {
                let skill = try await skill(named: entry.skill)
                let known = entry.tools.filter { skill.tool(named: $0) != nil }
                for tool in entry.tools where !known.contains(tool) {
                    missing.append("the skill '\(entry.skill)' has lost its tool '\(tool)'")
                }
                _ = try await load(entry.skill, tools: known, isPinned: entry.isPinned)
            } catch {
                missing.append(error.message)
            }
        }
        return missing
    }

    /// Loads skills before the conversation begins.
    ///
    /// - Returns: the reports, and a warning where so many are loaded that the menu is of no use.
    public func preload(_ names: [String], isPinned: Bool) async throws(SessionError) -> (
        reports: [LoadReport], warning: String?
    ) {
        var reports: [LoadReport] = []
        for name in names { reports.append(try await load(name, isPinned: isPinned)) }
        guard names.count > options.startUpSkills else { return (reports, nil) }
        let tokens = reports.reduce(0) { $0 + $1.tokens }
        return (
            reports,
            "\(names.count) skills are loaded at the start and take \(tokens) tokens of every prompt; "
                + "load what the request needs, and leave the rest to the menu"
        )
    }
}
