import SkillCatalog
import SkillRetrieval

/// A step that nobody asked for and a tool needs: it finds the identifier of something that the request only names.
struct LookUp: Sendable, Hashable {
    /// What it finds.
    var need: IdentifierNeed
    var text: String
    /// What the request calls the thing.
    var name: String
    var candidate: Candidate
    /// Where it is in the result, as a JSON Pointer; nil where no schema says so.
    var result: String?
    /// Qualified name of the tool that needs it.
    var consumer: String

    /// Why the step is there.
    var reason: String {
        "\(consumer) requires \(need.input), which the request does not give; \(candidate.qualifiedName) finds it"
    }
}

/// A step whose tool requires an identifier that neither the request nor a step before gives.
struct OpenNeed: Sendable, Hashable {
    /// Place of the step.
    var step: Int
    var need: IdentifierNeed
    /// What the step calls the thing.
    var name: NamedThings.Name
    /// The tool of the step.
    var consumer: Candidate

    private var entity: String { need.entity.joined(separator: " ") }

    /// Stem of what the name is said to be the name of, where that is something else: "the collection Star Wars" for a
    /// movie.
    var otherKind: String? {
        guard let kind = name.kind, !need.entityStems.contains(WordStem.of(kind)) else { return nil }
        return kind
    }

    /// What the library is asked for.
    var queries: [String] {
        let direct = "search for a \(entity) by name to get its id"
        guard let otherKind else { return [direct] }
        return [direct, "search for a \(otherKind) by name to get its id", "get the \(entity) list of a \(otherKind)"]
    }

    /// "find the id of the movie Titanic".
    var text: String { "find the id of the \(entity) \(name.text)" }
}

extension Candidate {
    /// `skill.tool`, or the skill where no tool is known.
    var qualifiedName: String { tool.map { "\(skill).\($0)" } ?? skill }
}
