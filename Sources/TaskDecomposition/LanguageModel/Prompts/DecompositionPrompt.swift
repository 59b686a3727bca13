package import LanguageModels

/// The prompts that ask a model to split a request into sub-tasks.
///
/// Zero-shot, after arXiv 2606.18051, appendix F, and the code beside it: the same instructions in words of our own. The
/// code also tells the model each hint's category; that is the label its benchmark asks for, so ours does not.
package struct DecompositionPrompt: Sendable, Hashable {
    package var wording: PromptWording
    package var parameters: ChatParameters

    package init(wording: PromptWording = .paper, parameters: ChatParameters = .decomposition) {
        self.wording = wording
        self.parameters = parameters
    }

    /// Asks for a plain decomposition.
    package func vanilla(_ request: String) -> ChatRequest {
        switch wording {
        case .paper:
            chat(Self.paperSystem, "Split this request into atomic sub-tasks:\n\(request)")
        case .code:
            chat(Self.codeSystem(hints: nil), Self.codeUser(request, "Split this request into atomic sub-tasks."))
        }
    }

    /// Asks for a decomposition that fits the skills found in the round before.
    ///
    /// - Parameter describesHints: whether each hint's description follows its name.
    package func skillAware(_ request: String, hints: HintSet, describesHints: Bool = false) -> ChatRequest {
        switch wording {
        case .paper:
            chat(
                Self.paperSystem,
                """
                Split this request into atomic sub-tasks.
                Skills that exist and may be of use:
                \(describesHints ? Self.lines(hints, describes: true) : Self.names(hints))
                Request:
                \(request)
                """
            )
        case .code:
            chat(
                Self.codeSystem(hints: Self.lines(hints, describes: describesHints)),
                Self.codeUser(request, "Split this request into atomic sub-tasks, guided by the skills listed above.")
            )
        }
    }

    /// Asks for a decomposition into a given number of steps: the bound that knowing the true number gives.
    package func fixedStepCount(_ request: String, count: Int) -> ChatRequest {
        let exactly = count == 1 ? "exactly 1 atomic sub-task" : "exactly \(count) atomic sub-tasks"
        return switch wording {
        case .paper:
            chat(Self.paperSystem, "Split this request into \(exactly):\n\(request)")
        case .code:
            chat(Self.codeSystem(hints: nil), Self.codeUser(request, "Split this request into \(exactly)."))
        }
    }

    private func chat(_ system: String, _ user: String) -> ChatRequest {
        ChatRequest(messages: [.system(system), .user(user)], parameters: parameters)
    }
}

// MARK: - Words

extension DecompositionPrompt {
    private static let paperSystem = """
        You are an assistant that plans tasks. Split the user's complex request into atomic sub-tasks, so that each of \
        them needs exactly one tool or skill. Answer with a JSON array of strings. Keep every string short and word it \
        as a sub-task that can be acted on.
        """

    private static func codeSystem(hints: String?) -> String {
        let opening = """
            You are an expert in planning tasks. The user's request takes several tools or skills; split it into a \
            sequence of atomic sub-tasks.
            """
        guard let hints else {
            return """
                \(opening)

                Rules:
                1. Every sub-task needs exactly ONE skill or tool.
                2. The sub-tasks stand in the order in which they are carried out.
                3. Say precisely what each sub-task does.
                4. Answer with a JSON array of strings ONLY, without any explanation.
                """
        }
        return """
            \(opening)

            There is a library of skills. These are the ones that fit this request best:

            \(hints)

            Rules:
            1. Every sub-task needs exactly ONE skill or tool.
            2. Let the names and descriptions of these skills guide how you split.
            3. Word every sub-task close to what one of these skills does.
            4. The sub-tasks stand in the order in which they are carried out.
            5. Answer with a JSON array of strings ONLY, nothing else.
            """
    }

    private static func codeUser(_ request: String, _ task: String) -> String {
        """
        \(task) Answer with a JSON array of strings ONLY.

        Request: \(request)

        JSON array:
        """
    }

    private static func names(_ hints: HintSet) -> String {
        hints.hints.map { PromptText.skillName($0.name) }.joined(separator: ", ")
    }

    private static func lines(_ hints: HintSet, describes: Bool) -> String {
        hints.hints.map { hint in
            let name = PromptText.skillName(hint.name)
            let description = describes ? PromptText.skillDescription(hint.description) : ""
            return description.isEmpty ? "- \(name)" : "- \(name): \(description)"
        }.joined(separator: "\n")
    }
}
