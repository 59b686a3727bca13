/// A capability an agent can be given: a description, a document, and the tools that belong together.
///
/// A folder with a `SKILL.md`, an MCP server, an OpenAPI document and one line of a public list all become skills.
/// A skill without tools is still routable: it says what can be done, not yet how to call it.
public struct Skill: Sendable, Hashable, Identifiable {
    /// Unique within one library; what plans and results name.
    public var id: String
    /// What people call it, for example `chart-gen` or `owner/server`.
    public var name: String
    /// What it does and when to use it, in a sentence or two; may be empty in lenient sources.
    public var description: String
    /// The instructions that are loaded on demand: Markdown without the front matter.
    public var document: String
    /// Callable functions; empty for a listing that only describes.
    public var tools: [Tool]
    /// The section or label its list files it under. Never part of the indexed text.
    public var category: String?
    /// Words its author files it under.
    public var tags: [String]
    /// Where more is said about it.
    public var url: String?
    /// The licence its author names.
    public var license: String?
    /// What it needs from its environment, in the author's words.
    public var compatibility: String?
    /// The author's own key-value pairs.
    public var metadata: [String: String]
    /// Tools the author pre-approves, from `allowed-tools`.
    public var allowedTools: [String]
    /// Where it was read from.
    public var origin: SkillOrigin

    public init(
        id: String,
        name: String,
        description: String,
        document: String = "",
        tools: [Tool] = [],
        category: String? = nil,
        tags: [String] = [],
        url: String? = nil,
        license: String? = nil,
        compatibility: String? = nil,
        metadata: [String: String] = [:],
        allowedTools: [String] = [],
        origin: SkillOrigin
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.document = document
        self.tools = tools
        self.category = category
        self.tags = tags
        self.url = url
        self.license = license
        self.compatibility = compatibility
        self.metadata = metadata
        self.allowedTools = allowedTools
        self.origin = origin
    }

    /// The tool of that name, where the skill has it.
    public func tool(named name: String) -> Tool? {
        tools.first { $0.name == name }
    }
}

/// Where a skill was read from.
public struct SkillOrigin: Sendable, Hashable {
    /// The source's short name, for example the stem of its file.
    public var source: String
    /// The file that defines the skill.
    public var file: String
    /// Line of the definition in that file, from 1, where one file holds many.
    public var line: Int?
    /// The skill's own folder, where it has one: the base of its scripts and references.
    public var folder: String?

    public init(source: String, file: String, line: Int? = nil, folder: String? = nil) {
        self.source = source
        self.file = file
        self.line = line
        self.folder = folder
    }
}
