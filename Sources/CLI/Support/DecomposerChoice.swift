import CommandLineInterface

/// Decomposers, as the command line calls them.
enum DecomposerChoice: String, CaseIterable, CommandLineValue {
    case local
    case plain
    case whole
    case vanilla
    case sad
    case revised = "sad+"
    case react
    case direct = "llm-direct"
    case fixedCount = "oracle-k"

    /// Those that ask a language model.
    static let asking: Set<DecomposerChoice> = [.vanilla, .sad, .revised, .react, .direct, .fixedCount]

    var asksModel: Bool { Self.asking.contains(self) }

    /// What each of them does, for help texts.
    static let explanation = """
        Decomposers without a language model: local (the product's own), plain (at commas, "and" and "then"), whole (one \
        step). With one: sad+ (the model revises the local plan, told of skills that may do it: one call), sad (skill-aware \
        decomposition as published: draft, hints, redo), vanilla (no hints), react (searches and uses skills one by one), \
        llm-direct (reads all names of the library and picks), oracle-k (vanilla, told how many steps there are).
        """
}
