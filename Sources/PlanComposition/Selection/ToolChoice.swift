import SkillCatalog
import SkillRetrieval

/// Chooses among the tools of one skill.
///
/// Retrieval says which tool a step's words are most alike to, and of tools that share a subject that says little:
/// "what changed in the last three commits" is nearest to the tool that commits. What the step wants, and which inputs its
/// words provide, decide with it.
struct ToolChoice {
    let step: StepReading
    /// Expressions in the step that point to earlier steps, as stems.
    let cues: [[String]]
    let workspace: String?

    /// The candidate with the tool that suits the step best; its other tools become the alternatives.
    func best(of candidate: Candidate, in skill: Skill) -> Candidate {
        guard let first = candidate.tool, !candidate.alternatives.isEmpty else { return candidate }
        let options = [ToolAlternative(tool: first, score: candidate.score)] + candidate.alternatives
        let fits = options.map { option in
            skill.tool(named: option.tool).flatMap {
                CandidateFit($0, step: step, cues: cues, workspace: workspace)
            }
        }
        let relevance = SelectionWeights.withinSkill.relevance(of: options.map(\.score), fits)
        // Of equals the one that retrieval puts first.
        guard let most = relevance.max(), let best = relevance.firstIndex(of: most), best > 0 else { return candidate }
        var chosen = candidate
        chosen.tool = options[best].tool
        chosen.alternatives = options.enumerated().filter { $0.offset != best }.map(\.element)
        return chosen
    }
}
