import CommandLineInterface
import LanguageModels
import SkillWeaver
import Storage
import TaskDecomposition

extension DecomposerOptions {
    /// The chosen decomposer, tuned as the command line says.
    ///
    /// - Parameter model: what it asks; there is one wherever the choice asks a model.
    static func recipe(_ values: ParsedValues, asking model: (any ChatModel)?) throws -> DecomposerRecipe {
        try check(values)
        switch values[decomposer] {
        case .local: return try local(values)
        case .plain: return .plainSplit
        case .whole: return .wholeRequest
        case .vanilla, .sad, .revised, .react, .direct, .fixedCount:
            guard let model else { throw ChatEndpointError.noModel(address: nil) }
            return recipe(values, asking: model)
        }
    }

    private static func local(_ values: ParsedValues) throws -> DecomposerRecipe {
        guard let file = values[granularity] else { return .local }
        return .local(granularity: try StepGranularity.read(FileSystem.read(file, limit: 1 << 20)))
    }

    private static func recipe(_ values: ParsedValues, asking model: any ChatModel) -> DecomposerRecipe {
        let policy = policy(values)
        let wording = values[wording]
        let parameters = heated(.decomposition, values)
        return switch values[decomposer] {
        case .sad: .skillAware(model, options: skillAware(values), policy: policy)
        case .revised: .revised(by: model, options: revision(values), policy: policy)
        case .react:
            .react(model, prompt: ReActPrompt(parameters: heated(ReActPrompt.parameters, values)), policy: policy)
        case .direct:
            .direct(
                model,
                prompt: SkillSelectionPrompt(parameters: heated(SkillSelectionPrompt.parameters, values)),
                policy: policy
            )
        case .fixedCount:
            .fixedStepCount(values[stepCount] ?? 1, model, wording: wording, parameters: parameters, policy: policy)
        case .local, .plain, .whole, .vanilla:
            .vanilla(model, wording: wording, parameters: parameters, policy: policy)
        }
    }

    /// How far hints have settled is always reported: it takes a retrieval and no call.
    static func skillAware(_ values: ParsedValues) -> SkillAwareOptions {
        SkillAwareOptions(
            iterations: values[iterations],
            convergence: values[convergence],
            hints: values[hints],
            candidatesPerStep: values[hintCandidates] ?? (values[wording] == .paper ? 15 : 10),
            describesHints: values[hintDescriptions],
            measuresConvergence: true,
            wording: values[wording],
            parameters: heated(.decomposition, values)
        )
    }

    static func revision(_ values: ParsedValues) -> RevisionOptions {
        var options = RevisionOptions(
            hints: values[hints],
            candidatesPerStep: values[hintCandidates] ?? 10,
            tokenBudget: values[tokenBudget],
            contextTokens: values[contextTokens],
            measuresConvergence: true
        )
        options.parameters.temperature = values[temperature]
        return options
    }

    private static func heated(_ parameters: ChatParameters, _ values: ParsedValues) -> ChatParameters {
        var parameters = parameters
        parameters.temperature = values[temperature]
        return parameters
    }

    /// One reply may take as long as the command line says; a request that takes several may wait for each of them.
    private static func policy(_ values: ParsedValues) -> ModelPolicy {
        let calls =
            switch values[decomposer] {
            case .sad: values[iterations] + 1
            case .revised: RevisionOptions().repairs + 1
            case .react: ReActOptions().turns
            case .local, .plain, .whole, .vanilla, .direct, .fixedCount: 1
            }
        return ModelPolicy(fallback: values[fallback], patience: .seconds(values[ModelOptions.timeout] * calls))
    }
}
