/// What search sees of a skill or of one of its tools.
///
/// The category and the tags are never part of it: they are labels that results are judged by. Parameter names are not
/// either: they say how a tool is called, not what it does, and pull unrelated requests towards it.
package struct IndexedText: Sendable, Hashable {
    /// The name in words, without what many names share.
    package var name: String
    /// What it does, in its author's words; may be empty.
    package var description: String
    /// The rest of what is known, found by its words alone: the document, and the tools of a skill.
    ///
    /// An encoder reads a few hundred tokens and makes one direction of them; a long document would drown the
    /// description there.
    package var details: String

    package init(name: String, description: String, details: String = "") {
        self.name = name
        self.description = description
        self.details = details
    }

    /// Name and description as one text.
    package var sentence: String { description.isEmpty ? name : "\(name): \(description)" }

    /// Version of the rules by which texts are made of skills, and vectors of texts.
    ///
    /// It is part of what a library is known by: one made by other rules has to be indexed again.
    package static let recipe = "2"
}

extension Skill {
    /// What search sees of the skill as a whole.
    package var indexedText: IndexedText {
        let lines = tools.map { tool in
            let words = ReadableName.words(of: tool.name)
            return tool.description.isEmpty ? words : "\(words): \(tool.description)"
        }
        return IndexedText(
            name: ReadableName.words(of: name),
            description: description,
            details: (isItsOnlyTool ? [] : lines + [document]).filter { !$0.isEmpty }.joined(separator: "\n")
        )
    }

    /// The tools that are found by texts of their own.
    package var indexedTools: [Tool] { isItsOnlyTool ? [] : tools }

    /// What search sees of one of the skill's tools.
    package func indexedText(of tool: Tool) -> IndexedText {
        IndexedText(
            name: ReadableName.words(of: tool.name),
            description: tool.description,
            details: ReadableName.words(of: name)
        )
    }

    /// Whether the skill is one function under another name, so that a text of the tool's own would say it twice.
    private var isItsOnlyTool: Bool {
        tools.count == 1 && tools[0].description == description && document.isEmpty
    }
}
