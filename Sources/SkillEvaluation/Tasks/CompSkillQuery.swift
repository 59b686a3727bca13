/// One request of CompSkillBench: the skill category that each gold step needs.
///
/// The set's own gold skill ids are drawn at random within the category, so they are not read at all.
package struct CompSkillQuery: Sendable, Hashable, Identifiable {
    package let id: String
    package let query: String
    package let difficulty: Difficulty
    package let steps: [String]
    /// Category of each step; as long as `steps`.
    package let categories: [String]
    /// Positions of gold steps that the text of the request does not contain.
    package let hiddenSteps: [Int]

    package init(
        id: String,
        query: String,
        difficulty: Difficulty,
        steps: [String],
        categories: [String],
        hiddenSteps: [Int] = []
    ) {
        self.id = id
        self.query = query
        self.difficulty = difficulty
        self.steps = steps
        self.categories = categories
        self.hiddenSteps = hiddenSteps
    }

    /// Whether the text asks for every gold step, so that a faithful decomposer can be right.
    package var isClean: Bool { hiddenSteps.isEmpty }
}

/// How many steps a request of CompSkillBench asks for: two, three, or four and five.
package enum Difficulty: String, Sendable, Hashable, CaseIterable {
    case easy, medium, hard
}

extension CompSkillQuery: BenchmarkRecord {
    package init(_ fields: RecordFields) throws(DataFault) {
        let steps = try fields.texts("steps")
        let categories = try fields.texts("categories")
        guard !steps.isEmpty else { throw fields.fault("steps", mustBe: "a list with at least one step") }
        guard categories.count == steps.count else {
            throw fields.fault("categories", mustBe: "as long as \"steps\" (\(steps.count))")
        }
        self.init(
            id: try fields.text("id"),
            query: try fields.text("query"),
            difficulty: try fields.word("difficulty"),
            steps: steps,
            categories: categories,
            hiddenSteps: try fields.indices("hidden_steps", below: steps.count)
        )
    }

    package func findings(against library: LabelledLibrary?) -> [DataFinding.Observation] {
        var found: [DataFinding.Observation] = []
        if let library {
            for category in Set(categories).sorted() where !library.categories.contains(category) {
                found.append(.init(.unknownCategory, "no skill of the library has the category '\(category)'"))
            }
        }
        if !isClean { found.append(.init(.hiddenSteps, "the text does not ask for \(hiddenSteps.count) gold step(s)")) }
        return found
    }
}
