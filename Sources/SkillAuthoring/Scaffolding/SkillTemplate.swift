/// What a new skill starts as.
package enum SkillTemplate: String, Sendable, Hashable, CaseIterable {
    /// Tools that are Python functions, with schemas.
    case python
    /// A document and a script that an agent runs.
    case script
    /// A document and a reference, nothing to run.
    case document

    /// The files by their paths; `NAME` stands for the skill's name, `TITLE` for its words.
    var files: [String: String] {
        switch self {
        case .python: Self.pythonFiles
        case .script: Self.scriptFiles
        case .document: Self.documentFiles
        }
    }

    /// Paths of the files that may be executed.
    var executables: Set<String> { self == .script ? ["scripts/count_words.py"] : [] }
}
