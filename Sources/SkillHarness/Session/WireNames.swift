import SkillCatalog
import Storage

/// A tool and the skill it belongs to.
public struct QualifiedTool: Sendable, Hashable {
    public var skill: String
    public var tool: String

    public init(skill: String, tool: String) {
        self.skill = skill
        self.tool = tool
    }
}

/// What models call the tools of loaded skills: a reversible table of names that every chat interface takes.
///
/// A tool keeps its own name where no other active tool has it; else the skill's name stands before it, shortened with a
/// hash where it is too long. A name once given stays until its skill is unloaded, so that what a model has read stays true.
struct WireNames: Sendable, Hashable {
    private var tools: [String: QualifiedTool] = [:]
    private var names: [QualifiedTool: String] = [:]
    /// Names that no tool may take, such as those of the meta-tools.
    private let reserved: Set<String>

    /// Longest name that chat interfaces take, in bytes.
    static let maximumBytes = 64

    init(reserved: Set<String>) { self.reserved = reserved }

    /// The tool that a model means by a name; nil for one that was not given.
    func tool(named name: String) -> QualifiedTool? { tools[name] }

    /// The name of a tool; nil where its skill is not loaded.
    func name(of tool: QualifiedTool) -> String? { names[tool] }

    /// Gives a tool its name, or says the one it has.
    mutating func assign(_ tool: QualifiedTool) -> String {
        if let known = names[tool] { return known }
        let name = Self.proposals(tool).first { tools[$0] == nil && !reserved.contains($0) } ?? Self.hashed(tool, "_")
        tools[name] = tool
        names[tool] = name
        return name
    }

    /// Takes the names of a skill's tools back.
    mutating func remove(skill: String) {
        for (tool, name) in names where tool.skill == skill {
            names[tool] = nil
            tools[name] = nil
        }
    }

    private static func proposals(_ tool: QualifiedTool) -> [String] {
        let prefixed = sanitized("\(tool.skill)_\(tool.tool)")
        return (fits(tool.tool) ? [tool.tool] : []) + (fits(prefixed) ? [prefixed] : []) + [hashed(tool, prefixed)]
    }

    private static func fits(_ name: String) -> Bool {
        (1...maximumBytes).contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func sanitized(_ name: String) -> String {
        String(decoding: name.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// The beginning of a name, and what tells it from all others.
    private static func hashed(_ tool: QualifiedTool, _ name: String) -> String {
        let digest = ContentHash(of: "\(tool.skill)\u{0}\(tool.tool)").hexadecimal.prefix(12)
        return "\(name.prefix(maximumBytes - 13))_\(digest)"
    }
}
