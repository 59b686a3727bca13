import CommandLineInterface
import SkillWeaver

/// Options that choose and tune a decomposer, for every command that splits requests.
enum DecomposerOptions {
    static let decomposer = Option<DecomposerChoice>(
        "decomposer",
        value: "NAME",
        default: .local,
        "How the request is split into steps."
    )

    static let all: [any ParameterDeclaration] = [decomposer]

    /// The chosen decomposer, tuned as the command line says.
    static func recipe(
        _ values: ParsedValues,
        in context: CommandContext,
        _ options: RouterOptions
    ) async throws -> DecomposerRecipe {
        switch values[decomposer] {
        case .local: .local
        case .plainSplit: .plainSplit
        case .whole: .wholeRequest
        }
    }
}

/// Decomposers, as the command line calls them.
enum DecomposerChoice: String, CaseIterable, CommandLineValue {
    case local
    case plainSplit = "plain-split"
    case whole
}
