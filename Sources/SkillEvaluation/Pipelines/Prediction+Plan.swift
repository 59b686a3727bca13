import JSONSchema
import LanguageModels
import PlanComposition
import SkillRetrieval

extension Prediction {
    /// What a composed plan says, in the terms that metrics are defined on.
    init(_ plan: Plan, tokens: TokenUsage?) {
        let positions = Dictionary(zip(plan.steps.map(\.id), plan.steps.indices)) { first, _ in first }
        let steps = plan.steps.map { step in
            Step(
                subtask: step.subtask,
                candidates: step.candidates,
                selection: step.skill.map { Candidate(skill: $0, tool: step.tool, score: step.score) },
                arguments: step.arguments.map { Self.arguments($0, positions) }
            )
        }
        let edges = plan.edges.compactMap { edge -> StepEdge? in
            guard let producer = positions[edge.from], let consumer = positions[edge.to] else { return nil }
            return StepEdge(producer, consumer)
        }
        self.init(steps: steps, edges: edges, tokens: tokens)
    }

    private static func arguments(_ members: JSONObject, _ positions: [String: Int]) -> JSONObject {
        JSONObject(members.map { ($0.key, argument($0.value, positions)) })
    }

    /// The argument with every reference in the notation of the benchmarks, `$var1.price$`.
    private static func argument(_ value: JSONValue, _ positions: [String: Int]) -> JSONValue {
        switch PlanComposition.OutputReference.read(value) {
        case .reference(let reference):
            guard let step = positions[reference.step] else { return value }
            return .string(OutputReference(step: step, field: field(reference.path)).notation)
        case .malformed: return value
        case .literal:
            return switch value {
            case .array(let elements): .array(elements.map { argument($0, positions) })
            case .object(let members): .object(arguments(members, positions))
            case .null, .bool, .integer, .number, .string: value
            }
        }
    }

    /// A JSON Pointer as a dotted path; nil for the whole output.
    private static func field(_ pointer: String) -> String? {
        let parts = pointer.split(separator: "/").map { part in
            part.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
                .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ".")
    }
}
