import JSONSchema
import SkillCatalog

/// Binds required inputs to what the steps before return.
struct ReferenceBinding {
    /// A step whose result is at hand.
    struct Source {
        var step: String
        var outputs: [IOPort]
        /// Stems of the words that point to the step: "the *invoice id*".
        var cue: [String] = []
        /// The same words as they stand.
        var words: [String] = []
        /// Stems of the words of the step itself.
        var said: Set<String> = []
        /// The request says that the step's result is used, and not only the types.
        var isSpoken = false
    }

    /// Lowest fit that counts, and the lead a fit must have over the next best.
    private static let enough = 0.2
    private static let lead = 0.1
    /// Below this only an input that takes any content is bound: a number can be a message, but hardly a client's name.
    private static let solid = 0.4
    private static let contentStems = Set(
        ["data", "text", "message", "content", "body", "value", "input"].map(WordStem.of)
    )

    private static func takesAnything(_ input: IOPort) -> Bool {
        input.type == .text && input.nameStems.contains(where: contentStems.contains)
    }

    /// References for the inputs that exactly one output fits, by parameter name.
    ///
    /// - Parameter inputs: required inputs without a value.
    /// - Parameter claims: inputs that the words give to one of the sources.
    static func references(
        for inputs: [IOPort],
        from sources: [Source],
        claims: [ReferenceClaims.Claim] = []
    ) -> [String: OutputReference] {
        var bound: [String: OutputReference] = [:]
        for claim in claims {
            guard let input = inputs.first(where: { $0.name == claim.parameter }) else { continue }
            bound[input.name] = pairs([input], [sources[claim.source]]).first?.output
        }
        bound.merge(fitting(inputs.filter { bound[$0.name] == nil }, sources)) { first, _ in first }
        // "Send it": one thing comes in and one is missing; the words say that they are the same, whatever the types.
        let open = inputs.filter { bound[$0.name] == nil }
        let unused = sources.filter { source in source.isSpoken && !bound.values.contains { $0.step == source.step } }
        if open.count == 1, unused.count == 1, let input = open.first, let source = unused.first,
            source.outputs.count == 1, let output = source.outputs.first, canHold(output, input)
        {
            bound[input.name] = OutputReference(step: source.step, path: output.pointer)
        }
        return bound
    }

    /// Numbers and truth values are not made of just anything.
    private static func canHold(_ output: IOPort, _ input: IOPort) -> Bool {
        switch input.jsonType {
        case "boolean": output.jsonType == "boolean"
        case "number", "integer": output.jsonType == "number" || output.jsonType == "integer"
        default: Compatibility.fit(output, input).score > 0.05
        }
    }

    private static func fitting(_ inputs: [IOPort], _ sources: [Source]) -> [String: OutputReference] {
        var bound: [String: OutputReference] = [:]
        var open = inputs
        while true {
            let pairs = pairs(open, sources)
            let clear = pairs.first { pair in
                !pairs.contains { other in
                    // Another output for this input, or another input for this output, that fits about as well.
                    let competes = (other.input.name == pair.input.name) != (other.output == pair.output)
                    return competes && other.score > pair.score - lead
                }
            }
            guard let clear else { return bound }
            bound[clear.input.name] = clear.output
            open.removeAll { $0.name == clear.input.name }
        }
    }

    private struct Pair {
        var input: IOPort
        var output: OutputReference
        var score: Double
    }

    private static func pairs(_ inputs: [IOPort], _ sources: [Source]) -> [Pair] {
        var pairs: [Pair] = []
        for input in inputs {
            for source in sources {
                for output in source.outputs {
                    let fit = Compatibility.fit(output, input).score
                    guard fit >= enough, fit >= solid || takesAnything(input) else { continue }
                    let named = output.nameStems.count { source.cue.contains($0) }
                    let said = output.nameStems.count { source.said.contains($0) }
                    let share = Double(max(1, output.nameStems.count))
                    let score = fit + 0.3 * Double(named) / share + 0.15 * Double(said) / share
                    let reference = OutputReference(step: source.step, path: output.pointer)
                    pairs.append(Pair(input: input, output: reference, score: score))
                }
            }
        }
        return pairs.sorted { $0.score > $1.score }
    }
}
