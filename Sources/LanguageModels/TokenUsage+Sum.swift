extension TokenUsage {
    /// Adds up the cost of several calls.
    ///
    /// Figures of one source keep their label. A sum over different sources is no measurement any more: it is labelled
    /// as an estimate. No calls cost nothing.
    public static func sum(of usages: some Sequence<TokenUsage>) -> TokenUsage {
        var total: TokenUsage?
        for usage in usages {
            guard let sofar = total else {
                total = usage
                continue
            }
            total = TokenUsage(
                prompt: sofar.prompt + usage.prompt,
                completion: sofar.completion + usage.completion,
                source: sofar.source == usage.source ? usage.source : .estimated
            )
        }
        return total ?? .none
    }
}
