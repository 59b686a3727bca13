extension ToolFailure {
    /// The process that made the attempt is gone.
    static func lost(attempt: Int) -> ToolFailure {
        ToolFailure(
            .transient,
            code: "lost",
            "the program stopped while attempt \(attempt) was under way, and nobody knows how it ended",
            effect: .unknown
        )
    }

    /// A person said no.
    static func denied(_ question: RunQuestion) -> ToolFailure {
        switch question.kind {
        case .approval, .changedSkill: ToolFailure(.policy, code: "denied", "a person did not allow \(question.tool)")
        case .argument:
            ToolFailure(.policy, code: "unanswered", "nobody gave the argument \(question.argument ?? "")")
        case .unknownOutcome:
            ToolFailure(
                .policy,
                code: "given-up",
                "it is not known whether \(question.tool) took effect, and a person decided not to call it again",
                effect: .unknown
            )
        }
    }
}
