import CommandLineInterface
import SkillWeaver

/// Options that choose and tune a decomposer, for every command that splits requests.
struct DecomposerOptions: ParameterGroup {
    static let group = DecomposerOptions()

    static let decomposer = Option<DecomposerChoice>(
        "decomposer",
        value: "NAME",
        default: .local,
        "How the request is split into steps."
    )
    static let iterations = Option<Int>(
        "iterations",
        value: "T",
        as: .integer(in: 1...8),
        default: 1,
        "How often sad decomposes anew with hints."
    )
    static let convergence = Option<Double>(
        "convergence",
        value: "TAU",
        as: .number(in: 0...1),
        default: 0.6,
        "sad stops when the hints of two rounds have more than this in common."
    )
    static let hints = Option<Int>(
        "hints",
        value: "H",
        as: .integer(in: 1...100),
        default: 15,
        "Skills that sad and sad+ hint at."
    )
    static let hintCandidates = Option<Int?>(
        "hint-candidates",
        value: "K",
        as: .integer(in: 1...100),
        "Candidates of each step that hints are taken from. Default: 15 for sad in the paper's wording, else 10."
    )
    static let hintDescriptions = Flag(
        "hint-descriptions",
        "sad describes the hinted skills instead of only naming them."
    )
    static let wording = Option<PromptWording>(
        "wording",
        value: "NAME",
        default: .paper,
        "Whose instructions vanilla, sad and oracle-k follow: those of the paper or of the code beside it."
    )
    static let temperature = Option<Double>(
        "temperature",
        value: "X",
        as: .number(in: 0...2),
        default: 0.1,
        "How freely the model words its answer."
    )
    static let tokenBudget = Option<Int>(
        "token-budget",
        value: "N",
        as: .integer(in: 1...1_000_000),
        default: 1_160,
        "Tokens that sad+ may spend on one call; hints are cut to keep to it."
    )
    static let contextTokens = Option<Int>(
        "context-tokens",
        value: "N",
        as: .integer(in: 1...10_000_000),
        default: 8_192,
        "Tokens that the model can take at all; sad+ sends nothing longer."
    )
    static let stepCount = Option<Int?>(
        "steps",
        value: "N",
        as: .integer(in: 1...DecompositionLimits.maximumSteps),
        "How many steps oracle-k is told there are."
    )
    static let fallback = Option<ModelPolicy.Fallback>(
        "fallback",
        value: "NAME",
        default: .local,
        "What stands in for a model that fails or answers nothing usable: the local plan, or none, which is an error."
    )

    static let granularity = Option<String?>(
        "granularity",
        value: "FILE",
        as: .file,
        "How finely local divides requests, as 'train decomposer' learned it."
    )

    let title: String? = "Decomposition"
    let parameters: [any ParameterDeclaration] = [decomposer] + tuning + [stepCount, fallback, granularity]

    /// What benchmarks understand too.
    static let tuning: [any ParameterDeclaration] = [
        iterations, convergence, hints, hintCandidates, hintDescriptions, wording, temperature, tokenBudget,
        contextTokens,
    ]
}

extension PromptWording: CommandLineValue {}
extension ModelPolicy.Fallback: CommandLineValue {}

extension DecomposerOptions {
    /// Which decomposers look at an option.
    private static let owners: [(option: any CommandParameter, decomposers: Set<DecomposerChoice>)] = [
        (iterations, [.sad]), (convergence, [.sad]), (hints, [.sad, .revised]), (hintCandidates, [.sad, .revised]),
        (hintDescriptions, [.sad]), (wording, [.vanilla, .sad, .fixedCount]), (temperature, DecomposerChoice.asking),
        (tokenBudget, [.revised]), (contextTokens, [.revised]), (stepCount, [.fixedCount]),
        (fallback, DecomposerChoice.asking), (granularity, [.local]),
    ]

    /// Refuses options that the decomposer of that name would ignore.
    static func check(_ values: ParsedValues, of name: String) throws(CommandError) {
        for (option, decomposers) in owners where values.wasGiven(option) {
            let names = decomposers.map(\.rawValue).sorted()
            guard !names.contains(name) else { continue }
            throw CommandError.usage(
                "\(option.specification.label) means nothing to the decomposer \(name)",
                hint: "it belongs to \(names.joined(separator: ", ")); choose one with --decomposer"
            )
        }
    }

    /// Refuses options that the chosen decomposer would ignore, and misses those it needs.
    static func check(_ values: ParsedValues) throws(CommandError) {
        let choice = values[decomposer]
        try check(values, of: choice.rawValue)
        if choice == .fixedCount, values[stepCount] == nil {
            throw CommandError.usage("oracle-k has to be told how many steps there are; say so with --steps N")
        }
    }
}
