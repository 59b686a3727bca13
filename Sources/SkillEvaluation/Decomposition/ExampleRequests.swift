package import TaskDecomposition

/// Requests that someone divided into steps, one JSON object a line: `{"request": "…", "steps": ["…", "…"]}`.
package struct ExampleRequests: Sendable {
    /// A request and its number of steps.
    package let examples: [(request: String, steps: Int)]

    /// More than a person labels by hand.
    private static let most = 10_000

    /// - Throws: The fault of the first line that is no such example.
    package init(file: String) throws(DataFault) {
        var examples: [(request: String, steps: Int)] = []
        for fields in try JSONLines(file: file).records.prefix(Self.most) {
            let steps = try fields.texts("steps").count
            guard steps > 0 else { throw fields.fault("steps", mustBe: "a list with at least one step") }
            examples.append((try fields.text("request"), steps))
        }
        guard examples.count >= GranularityLearning.fewest else {
            throw DataFault(
                .malformed,
                file: file,
                "holds \(examples.count) examples; at least \(GranularityLearning.fewest) are needed, 20 are better"
            )
        }
        self.examples = examples
    }

    /// What these examples teach about how finely requests are to be divided.
    package func learn(with decomposer: LocalDecomposer) async throws -> GranularityLearning {
        var known: [GranularityLearning.Example] = []
        for example in examples {
            known.append(.init(try await decomposer.heads(of: example.request), gold: example.steps))
        }
        return GranularityLearning(known)
    }
}
