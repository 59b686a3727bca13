/// What the words of a step are worth beside the score of retrieval when a tool is chosen.
///
/// Begun as a logistic model of which candidate is the gold tool, fitted on one half of NESTFUL and Seal-Tools (the tasks
/// whose id's hash is even), then rounded and adjusted by hand; `bench tasks --part test` says what they are worth on the
/// other half.
struct SelectionWeights: Sendable {
    /// Of the distance to the best score, as a share of it.
    var score = 6.1
    var verb = 1.1
    var name = 1.9
    var provided = 1.0
    var used = 2.3
    /// For each required input that stays open.
    var open = 0.0
    /// For a tool that is known to do what the step does not ask for.
    var contrary = -2.5
    /// Taken off the compatibility of an edge between two uses of one tool.
    var sameTool = -2.5

    static let standard = SelectionWeights()

    /// Among tools of one skill, which share its subject, the words of the step count more than their likeness, a tool that
    /// leaves fewer questions is the better one, and no shared words make up for one that changes what was only asked about.
    static let withinSkill = SelectionWeights(score: 3, open: -0.75, contrary: -4)

    /// What an unknown tool is taken to be like.
    private static let typical = (verb: 0.5, name: 0.5, provided: 0.7, used: 0.7)

    /// Relevance on the scale of the selection: 1 for the best candidate, and half of the logit's distance less for others.
    func relevance(of scores: [Double], _ fits: [CandidateFit?]) -> [Double] {
        let best = max(scores.max() ?? 0, 0.000_1)
        let logits = zip(scores, fits).map { value, fit in
            score * (value - best) / best
                + verb * (fit?.verb ?? Self.typical.verb) + name * (fit?.name ?? Self.typical.name)
                + provided * (fit?.provided ?? Self.typical.provided) + used * (fit?.used ?? Self.typical.used)
                + open * Double(min(fit?.open ?? 1, 4)) + (fit?.isContrary == true ? contrary : 0)
        }
        let top = logits.max() ?? 0
        return logits.map { 1 + ($0 - top) / 2 }
    }
}
