package import SkillCatalog

/// Whether one tool can use what another returns.
package enum Compatibility {
    /// The value of "nothing is known": neither for nor against.
    package static let neutral = 0.5

    /// An output of one tool and the input of another it would serve.
    package struct Fit: Sendable, Hashable {
        package var output: IOPort
        package var input: IOPort
        /// 0 (cannot be) … 1 (made for each other).
        package var score: Double
    }

    /// How well the consumer can use what the producer returns, 0…1; nil when either side is unknown.
    ///
    /// The best single pair of an output and an input decides, required inputs before optional ones. What was only
    /// guessed from descriptions is pulled halfway to neutral.
    package static func score(producer: IOSignature, consumer: IOSignature) -> Double? {
        guard producer.outputBasis != .unknown, consumer.inputBasis != .unknown else { return nil }
        guard !producer.outputs.isEmpty else { return nil }
        guard !consumer.inputs.isEmpty else { return 0.1 }
        let score = best(producer: producer, consumer: consumer)?.score ?? 0
        let isGuess = producer.outputBasis == .described || consumer.inputBasis == .described
        return isGuess ? neutral + (score - neutral) / 2 : score
    }

    /// Ports of each side that are compared; what a tool is for stands first.
    private static let maximumPorts = 16

    /// The best pair of an output and an input.
    package static func best(producer: IOSignature, consumer: IOSignature) -> Fit? {
        var best: Fit?
        let inputs = consumer.inputs.filter(\.isRequired) + consumer.inputs.filter { !$0.isRequired }
        for input in inputs.prefix(maximumPorts) {
            for output in producer.outputs.prefix(maximumPorts) {
                var fit = fit(output, input)
                if !input.isRequired && consumer.inputBasis == .declared { fit.score *= 0.85 }
                if fit.score > best?.score ?? -1 { best = fit }
            }
        }
        return best
    }

    /// How well one output serves one input: by type, by carrier, and by the words of their names.
    package static func fit(_ output: IOPort, _ input: IOPort) -> Fit {
        let carrier = Coercions.weight(from: output.carrier, to: input.carrier)
        var byType: Double
        switch (output.type, input.type) {
        case (let from?, let to?):
            byType = (Coercions.weight(from: from, to: to) ?? 0.1) * Coercions.specificity(to)
            // A list can be gone through item by item, and one item can be wrapped; both lose a little.
            if output.isCollection != input.isCollection { byType *= 0.9 }
        case (nil, nil) where output.carrier == .path && input.carrier == .path: byType = 0.6
        // A file whose kind one side does not say.
        case (nil, _) where output.carrier == .path && input.carrier == .path: byType = 0.55
        default: byType = neutral
        }
        let byName = nameAffinity(output, input)
        // A shared name cannot make up for a type that does not fit at all.
        let score = carrier * (byType + (1 - byType) * byName * (byType < 0.15 ? 0.4 : 0.9))
        return Fit(output: output, input: input, score: score)
    }

    /// How far the names say that both ports mean the same thing, 0…1.
    package static func nameAffinity(_ output: IOPort, _ input: IOPort) -> Double {
        let offered = output.tellingStems
        guard !offered.isEmpty else { return 0 }
        let shared = offered.count(where: input.tellingStems.contains)
        if shared > 0 { return Double(shared) / Double(max(offered.count, input.tellingStems.count)) }
        let described = offered.count(where: input.descriptionStems.contains)
        return 0.5 * Double(described) / Double(offered.count)
    }
}
