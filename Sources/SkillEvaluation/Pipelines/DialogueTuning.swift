package import JSONSchema
import LanguageModels
package import TaskDecomposition

/// How the systems with a language model are set up; the defaults are those of the product.
package struct DialogueTuning: Sendable {
    package var skillAware: SkillAwareOptions
    package var revision: RevisionOptions
    /// Randomness of ReAct and of the direct baseline; the others have it among their options.
    package var temperature: Double

    package init(
        skillAware: SkillAwareOptions = SkillAwareOptions(measuresConvergence: true),
        revision: RevisionOptions = RevisionOptions(measuresConvergence: true),
        temperature: Double = 0.1
    ) {
        self.skillAware = skillAware
        self.revision = revision
        self.temperature = temperature
    }

    /// What decides the outcomes of a system, for the configuration of a run.
    package func settings(of system: BenchmarkSystem) -> JSONObject {
        switch system {
        case .sad:
            [
                "rounds": JSONValue(skillAware.iterations), "hints": JSONValue(skillAware.hints),
                "hint_descriptions": .bool(skillAware.describesHints),
                "hint_candidates": JSONValue(skillAware.candidatesPerStep),
                "convergence": .number(skillAware.convergence), "wording": .string(skillAware.wording.rawValue),
                "parameters": skillAware.parameters.json,
            ]
        case .revised:
            [
                "hints": JSONValue(revision.hints), "hint_candidates": JSONValue(revision.candidatesPerStep),
                "token_budget": JSONValue(revision.tokenBudget), "context_tokens": JSONValue(revision.contextTokens),
                "parameters": revision.parameters.json,
            ]
        case .vanilla, .oracleCount:
            [
                "wording": .string(skillAware.wording.rawValue),
                "parameters": skillAware.parameters.json,
            ]
        case .react, .llmDirect: ["temperature": .number(temperature)]
        default: [:]
        }
    }
}
