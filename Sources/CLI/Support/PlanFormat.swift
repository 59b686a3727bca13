import CommandLineInterface
import JSONSchema
import SkillWeaver

/// How a plan is shown to people and to other programs.
enum PlanFormat: String, CaseIterable, CommandLineValue {
    case table, json, mermaid, dot, svg

    func write(_ plan: Plan, to console: Console) async throws {
        let text =
            switch self {
            case .table: plan.table(width: console.columns)
            case .json: plan.json.serialized(.indented)
            case .mermaid: plan.mermaid
            case .dot: plan.dot
            case .svg: try await plan.svg()
            }
        try console.write(text.hasSuffix("\n") ? text : text + "\n")
    }
}
