import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillWeaver

/// What a search found for one text, with what explains it.
struct SearchAnswer {
    var query: String
    var id: JSONValue?
    var results: [Candidate] = []
    /// By skill; nil where nobody asked.
    var explanations: [String: MatchExplanation]?
    var whyNot: WhyNot?

    struct WhyNot {
        var skill: String
        /// Nil where the filter excludes the skill.
        var explanation: MatchExplanation?
    }

    init(query: String, id: JSONValue?) {
        self.query = query
        self.id = id
    }

    var json: JSONValue {
        var line = JSONObject()
        line["id"] = id
        line["query"] = .string(query)
        line["results"] = .array(
            results.map { result in
                guard let explanation = explanations?[result.skill], case .object(var object) = result.json else {
                    return result.json
                }
                object["explanation"] = explanation.json
                return .object(object)
            }
        )
        if let whyNot {
            line["why_not"] = .object([
                "skill": .string(whyNot.skill), "excluded": .bool(whyNot.explanation == nil),
                "explanation": whyNot.explanation?.json ?? .null,
            ])
        }
        return .object(line)
    }

    func show(router: SkillRouter, console: Console) async throws {
        for (rank, result) in results.enumerated() {
            let description = try await router.skill(result.skill)?.description ?? ""
            let place = String(repeating: " ", count: rank < 9 ? 1 : 0) + "\(rank + 1)"
            let title = result.tool.map { "\(result.skill).\($0)" } ?? result.skill
            try console.writeLine("\(place)  \(decimals(result.score))  \(console.style(title.printable, .bold))")
            let line = description.split(separator: "\n").first.map(String.init) ?? ""
            if !line.isEmpty { try write(line, console) }
            guard let explanation = explanations?[result.skill] else { continue }
            for line in explanation.lines { try write(console.style(line.printable, .dim), console, isCut: false) }
        }
        guard let whyNot else { return }
        try console.writeLine("\n" + console.style("why not \(whyNot.skill)".printable, .bold))
        guard let explanation = whyNot.explanation else {
            return try write("--source, --tag, --allow or --deny excludes it", console)
        }
        for line in explanation.absenceLines + explanation.lines { try write(line.printable, console, isCut: false) }
    }

    private func write(_ line: String, _ console: Console, isCut: Bool = true) throws {
        let line = isCut ? line.printable.truncated(toColumns: max(20, console.columns - 12)) : line
        try console.writeLine("           " + line)
    }
}

/// Three decimals.
private func decimals(_ value: Double) -> String { DecimalText.fixed(value, 3) }

extension MatchExplanation {
    /// For people: which text was found, what each signal added, how each word is answered.
    var lines: [String] {
        var lines: [String] = []
        if let tool { lines.append("found by its tool \(tool)") }
        switch rule {
        case .prefer: lines.append("preferred by your rule: it comes first where it fits nearly as well as the best")
        case .avoid: lines.append("avoided by your rule: its relevance counts half")
        case nil: break
        }
        lines.append(
            "signals: "
                + signals.map {
                    "\($0.signal.title) \(decimals($0.value)) (\($0.share < 0 ? "" : "+")\(decimals($0.share)))"
                }
                .joined(separator: ", ")
        )
        let told = words.map { word in
            let nearest = word.nearest.map { ", nearest \(decimals($0))" } ?? ""
            return "\(word.word) (\(word.lexical > 0 ? "shared \(decimals(word.lexical))" : "not shared")\(nearest))"
        }
        if !told.isEmpty { lines.append("words: " + told.joined(separator: ", ")) }
        return lines
    }

    /// For people: what keeps the skill from the first place.
    var absenceLines: [String] {
        if rank == 1 { return ["it is the first result"] }
        let place =
            rank.map { "it is in place \($0)" } ?? "it is not among the entries that are looked at closely"
        let causes = heldDownBy.prefix(3).map { signal in
            "\(signal.signal.title) (\(decimals((signal.shareOfFirst ?? 0) - signal.share)) less)"
        }
        return [
            place
                + (causes.isEmpty ? "" : "; compared with the first result it lacks " + causes.joined(separator: ", "))
        ]
    }
}

extension Signal {
    /// In a few words.
    fileprivate var title: String {
        switch self {
        case .dense: "meaning"
        case .lexical: "shared words"
        case .queryCoverage: "the text is covered"
        case .textCoverage: "its description is asked for"
        case .nameCoverage: "its name is asked for"
        case .kinship: "skill and tool agree"
        case .crossEncoder: "cross-encoder"
        case .languageModel: "language model"
        }
    }
}
