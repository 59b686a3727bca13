import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillWeaver

/// `skillweaver search TEXT`
struct SearchCommand: CommandDefinition {
    let name = "search"
    let summary = "Find the skills that fit a text."
    let examples = [
        CommandExample("Search the bundled skills", #"skillweaver search "draw a bar chart""#),
        CommandExample("Search for every line of a file", "skillweaver search --batch queries.jsonl --json"),
    ]

    let text = Argument<String?>("TEXT", as: .nonBlank, "What to look for.")
    let top = Option<Int>("top", short: "k", value: "K", as: .integer(in: 1...1_000), default: 10, "How many skills.")
    let batch = Option<String?>(
        "batch",
        value: "FILE",
        as: .file,
        #"Search for every line {"id","query"} of a JSONL file; - is stdin."#
    )

    var parameters: [any ParameterDeclaration] { [text, GlobalOptions.library, GlobalOptions.store, top, batch] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let queries = try QueryInput(text: values[text], batch: values[batch], what: "TEXT")
        let router = try await SkillRouter(library: values.libraryReference, options: context.routerOptions(values))
        return try await queries.run(in: context) { query, id in
            let results = try await router.search(query, top: values[top])
            if context.wantsJSON {
                try context.console.writeJSON(Self.json(query, results, id: id))
            } else {
                try await Self.show(results, router: router, console: context.console)
            }
            return !results.isEmpty
        }
    }

    private static func json(_ query: String, _ results: [Candidate], id: JSONValue?) -> JSONValue {
        var line = JSONObject()
        line["id"] = id
        line["query"] = .string(query)
        line["results"] = .array(results.map(\.json))
        return .object(line)
    }

    private static func show(_ results: [Candidate], router: SkillRouter, console: Console) async throws {
        for (rank, result) in results.enumerated() {
            let description = try await router.skill(result.skill)?.description ?? ""
            let place = String(repeating: " ", count: rank < 9 ? 1 : 0) + "\(rank + 1)"
            let title = result.tool.map { "\(result.skill).\($0)" } ?? result.skill
            try console.writeLine("\(place)  \(score(result.score))  \(console.style(title.printable, .bold))")
            if !description.isEmpty {
                let line = description.split(separator: "\n").first.map(String.init) ?? ""
                try console.writeLine(
                    "           " + line.printable.truncated(toColumns: max(20, console.columns - 12))
                )
            }
        }
    }

    private static func score(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        let digits = "\(abs(thousandths) % 1_000)"
        return
            "\(value < 0 ? "-" : "")\(abs(thousandths) / 1_000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }
}
