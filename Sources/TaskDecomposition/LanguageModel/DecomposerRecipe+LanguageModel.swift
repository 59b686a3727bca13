public import LanguageModels

// Decomposers that ask a language model. A model that fails, or answers nothing usable, is replaced as the policy says.

extension DecomposerRecipe {
    /// The model splits the request without being told which skills there are.
    public static func vanilla(
        _ model: any ChatModel,
        wording: PromptWording = .paper,
        parameters: ChatParameters = .decomposition,
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("vanilla", policy) { _, _ in
            VanillaDecomposer(model: model, wording: wording, parameters: parameters, patience: policy.patience)
        }
    }

    /// A bound: the model is told how many steps there are, and finds out which.
    package static func fixedStepCount(
        _ count: Int,
        _ model: any ChatModel,
        wording: PromptWording = .paper,
        parameters: ChatParameters = .decomposition,
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("oracle-k", policy) { _, _ in
            VanillaDecomposer(
                model: model,
                wording: wording,
                parameters: parameters,
                stepCount: count,
                patience: policy.patience
            )
        }
    }

    /// Skill-aware decomposition as published: the model drafts, sees the skills that fit its draft, and redoes it.
    public static func skillAware(
        _ model: any ChatModel,
        options: SkillAwareOptions = SkillAwareOptions(),
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("sad", policy) { parts, _ in
            SkillAwareDecomposer(model: model, hints: parts.hints, options: options, patience: policy.patience)
        }
    }

    /// The model revises the local plan, with the skills that fit it in view: one call.
    ///
    /// - Parameter counter: what the token budget is counted with.
    public static func revised(
        by model: any ChatModel,
        options: RevisionOptions = RevisionOptions(),
        counter: any TokenCounter = LengthEstimate(),
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("sad+", policy) { parts, local in
            RevisionDecomposer(
                model: model,
                hints: parts.hints,
                draft: local,
                options: options,
                counter: counter,
                patience: policy.patience
            )
        }
    }

    /// A baseline: the model searches for and uses skills one by one.
    package static func react(
        _ model: any ChatModel,
        options: ReActOptions = ReActOptions(),
        prompt: ReActPrompt = ReActPrompt(),
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("react", policy) { parts, _ in
            ReActDecomposer(
                model: model,
                hints: parts.hints,
                options: options,
                prompt: prompt,
                patience: policy.patience
            )
        }
    }

    /// A baseline: the model reads the names of all skills and picks one for each step.
    package static func direct(
        _ model: any ChatModel,
        prompt: SkillSelectionPrompt = SkillSelectionPrompt(),
        policy: ModelPolicy = ModelPolicy()
    ) -> DecomposerRecipe {
        guarded("llm-direct", policy) { parts, _ in
            let skills = try await parts.listings()
            return DirectDecomposer(model: model, skills: skills, prompt: prompt, patience: policy.patience)
        }
    }

    private static func guarded(
        _ name: String,
        _ policy: ModelPolicy,
        make: @escaping @Sendable (DecomposerParts, _ local: any Decomposer) async throws -> any DialogueDecomposer
    ) -> DecomposerRecipe {
        DecomposerRecipe(name) { parts in
            let local = try await DecomposerRecipe.local.decomposer(with: parts)
            return GuardedDecomposer(try await make(parts, local), local: local, fallback: policy.fallback)
        }
    }
}
