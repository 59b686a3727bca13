/// Which published instructions the prompts for decomposition follow; the words are ours.
public enum PromptWording: String, Sendable, Hashable, CaseIterable {
    /// Those of the paper (arXiv 2606.18051, appendix F): short, hints in the user's message.
    case paper
    /// Those of the code beside it: numbered rules, hints in the system message, one a line.
    case code
}
