import JSONSchema
import SkillCatalog

/// The schema of a tool's arguments, for judging them one by one before all of them are known.
struct ArgumentSchema: Sendable {
    private let schema: Schema

    /// Nil where the tool declares no schema, or one that cannot be read: then nothing can be said.
    init?(_ tool: Tool) {
        guard var members = tool.inputSchema?.objectValue else { return nil }
        // What is missing is another matter: an argument may still be asked for.
        members["required"] = nil
        guard let schema = try? Schema(.object(members)) else { return nil }
        self.schema = schema
    }

    /// What is wrong with one argument, where that does not hang on a reference in it; nil for a good one.
    func problem(with value: JSONValue, as argument: String) -> String? {
        let place = JSONPointer(tokens: [argument]).description
        let open = Self.openPlaces(in: value, at: place)
        return schema.violations(in: [argument: value]).first { violation in
            guard violation.path == place || violation.path.hasPrefix(place + "/") else { return false }
            return !open.contains { Self.isWithin($0, violation.path) || Self.isWithin(violation.path, $0) }
        }
        .map { $0.path == place ? $0.message : "\($0.path.dropFirst(place.count)): \($0.message)" }
    }

    /// Where the value of a run will stand instead of what the plan holds.
    private static func openPlaces(in value: JSONValue, at place: String) -> [String] {
        if OutputReference.read(value) != .literal || ItemReference.read(value) != .none { return [place] }
        return switch value {
        case .array(let elements):
            elements.enumerated().flatMap { openPlaces(in: $0.element, at: "\(place)/\($0.offset)") }
        case .object(let members):
            members.flatMap { openPlaces(in: $0.value, at: place + JSONPointer(tokens: [$0.key]).description) }
        default: []
        }
    }

    private static func isWithin(_ place: String, _ outer: String) -> Bool {
        place == outer || place.hasPrefix(outer + "/")
    }
}
