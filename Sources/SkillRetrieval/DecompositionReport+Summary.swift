import LanguageModels

extension DecompositionReport {
    /// The report in one line for people: model, rounds, calls, tokens, how far the hints have settled, and time.
    ///
    /// `decomposed by m: 2 rounds, 2 calls, 812 + 96 tokens (measured), hints 0.67 alike, 1240 ms (702, 538)`
    package var summary: String {
        var parts = [count(rounds.count, "round"), count(calls, "call")]
        if calls > 0 {
            parts.append("\(tokens.prompt) + \(tokens.completion) tokens (\(tokens.source.rawValue))")
        }
        let likeness = rounds.compactMap(\.jaccard).map { hundredths($0) }
        if !likeness.isEmpty { parts.append("hints \(likeness.joined(separator: ", ")) alike") }
        let latencies = rounds.compactMap(\.call?.latency).map { Int($0.rounded()) }
        if !latencies.isEmpty {
            let each = latencies.count > 1 ? " (\(latencies.map(String.init).joined(separator: ", ")))" : ""
            parts.append("\(latencies.reduce(0, +)) ms\(each)")
        }
        return "decomposed by \(model ?? "a model"): " + parts.joined(separator: ", ")
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private func hundredths(_ value: Double) -> String {
        let digits = "\(Int((min(max(value, 0), 1) * 100).rounded()) + 100)"
        return "\(value >= 0.995 ? "1" : "0").\(digits.suffix(2))"
    }
}

extension RerankingReport {
    /// The report in one line for people.
    package var summary: String {
        guard let call else { return "candidates as they were found: \(remark ?? "\(model) failed")" }
        let time = call.latency.map { ", \(Int($0.rounded())) ms" } ?? ""
        let tokens = call.tokens
        return "candidates ordered by \(model): \(tokens.prompt) + \(tokens.completion) tokens "
            + "(\(tokens.source.rawValue))\(time)"
    }
}
