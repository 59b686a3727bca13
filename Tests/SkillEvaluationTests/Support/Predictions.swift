import JSONSchema
import LanguageModels
import SkillEvaluation
import SkillRetrieval

/// A prediction whose step k has candidates in the given order; the first is selected where a plan is composed.
func prediction(
    _ candidates: [[String]],
    edges: [StepEdge]? = nil,
    arguments: [JSONObject?] = [],
    tokens: TokenUsage? = nil
) -> Prediction {
    let steps = candidates.enumerated().map { position, skills in
        let ranked = skills.enumerated().map { Candidate(skill: $1, score: 1 - Double($0) / 100) }
        return Prediction.Step(
            subtask: Subtask(id: "s\(position + 1)", text: "step \(position + 1)"),
            candidates: ranked,
            selection: edges == nil ? nil : ranked.first,
            arguments: position < arguments.count ? arguments[position] : nil
        )
    }
    return Prediction(steps: steps, edges: edges, tokens: tokens)
}

/// A library of skills named after their category: `db-1` has category `db`.
let smallLibrary = LabelledLibrary(
    ["db-1", "db-2", "mail-1", "mail-2", "chart-1", "chart-2"].map { id in
        LabelledLibrary.Entry(id: id, name: id, description: "", category: String(id.prefix { $0 != "-" }))
    }
)

/// A report about nothing odd.
func cleanReport(_ file: String = "set.jsonl") -> DataReport { DataReport(file: file) }

/// A fast bootstrap for tests that look at other things.
let quickBootstrap = Bootstrap(resamples: 50)

extension Prediction.Step {
    /// A candidate whose score does not matter.
    static func candidate(_ skill: String) -> Candidate { Candidate(skill: skill, score: 0) }
}
