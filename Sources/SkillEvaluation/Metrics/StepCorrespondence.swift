/// Which gold step each predicted step stands for.
package struct StepCorrespondence: Sendable, Hashable {
    package enum Method: String, Sendable, Hashable {
        /// Steps that use the same tool.
        case tool
        /// Steps at the same position.
        case position
    }

    package let method: Method
    /// For each predicted step the position of its gold step; nil where it has none.
    package let goldSteps: [Int?]

    /// Aligns by tool where the gold steps have tools and some prediction names one, else by position.
    ///
    /// Where a tool occurs several times, its n-th use among the predictions stands for its n-th use among the gold steps.
    package init(predictedTools: [String?], goldTools: [String]?, goldStepCount: Int) {
        guard let goldTools, predictedTools.contains(where: { $0 != nil }) else {
            method = .position
            goldSteps = predictedTools.indices.map { $0 < goldStepCount ? $0 : nil }
            return
        }
        var free: [String: [Int]] = [:]
        for (step, tool) in goldTools.enumerated().reversed() { free[tool, default: []].append(step) }
        method = .tool
        goldSteps = predictedTools.map { tool in
            guard let tool else { return nil }
            return free[tool]?.popLast()
        }
    }

    /// The gold step of a predicted one; nil where it has none or does not exist.
    package func goldStep(of predicted: Int) -> Int? {
        goldSteps.indices.contains(predicted) ? goldSteps[predicted] : nil
    }
}
