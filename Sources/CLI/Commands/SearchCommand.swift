import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillRouting
import SkillWeaver

/// `skillweaver search TEXT`
struct SearchCommand: CommandDefinition {
    let name = "search"
    let summary = "Find the skills that fit a text."
    let discussion = """
        The number before each skill says how well it fits, 0 to 1: at 0.5 it is as likely right as wrong, below 0.25 hardly \
        ever right. --explain shows for each result which \
        signals put it there and which words of the text it answers; --why-not says what keeps a skill from the first \
        place.

        --source, --tag, --allow and --deny narrow the search itself; each may be given several times.
        """
    let examples = [
        CommandExample("Search the bundled skills", #"skillweaver search "draw a bar chart""#),
        CommandExample("Search for every line of a file", "skillweaver search --batch queries.jsonl --json"),
        CommandExample("See why", #"skillweaver search "draw a bar chart" --explain --why-not markdown-report"#),
    ]

    let text = Argument<String?>("TEXT", as: .nonBlank, "What to look for.")
    let top = Option<Int>("top", short: "k", value: "K", as: .integer(in: 1...1_000), default: 10, "How many skills.")
    let batch = Option<String?>(
        "batch",
        value: "FILE",
        as: .file,
        #"Search for every line {"id","query"} of a JSONL file; - is stdin."#
    )
    let explain = Flag("explain", "Say for each result which signals, which tool and which words put it there.")
    let whyNot = Option<String?>(
        "why-not",
        value: "SKILL",
        as: .nonBlank,
        "Say why this skill is not the first result."
    )

    var parameters: [any ParameterDeclaration] {
        [text, GlobalOptions.library, GlobalOptions.store, top, batch, explain, whyNot] + SearchFilter.parameters + [
            GlobalOptions.stages, GlobalOptions.crossEncoder, EncoderOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let queries = try QueryInput(text: values[text], batch: values[batch], what: "TEXT")
        var options = try context.routerOptions(values)
        options.stages = values[GlobalOptions.stages]
        let router = try await SkillRouter(library: try values.libraryReference, options: options)
        for remark in router.remarks { context.console.note(remark) }
        let names = SkillNames(
            library: try await RouterResources.catalog(values.libraryReference, options: options),
            sources: Set(await router.index.summary.sources.map(\.name))
        )
        let filter = try await SearchFilter.filter(values, names: names)
        var absent: String?
        if let wanted = values[whyNot] { absent = try await names.id(of: wanted, console: context.console) }
        return try await queries.run(in: context) { query, id in
            var answer = SearchAnswer(query: query, id: id)
            answer.results = try await router.search(query, top: values[top], filter: filter)
            if values[explain] {
                let found = try await router.explain(query, top: values[top], filter: filter)
                answer.explanations = Dictionary(found.map { ($0.skill, $0) }) { first, _ in first }
            }
            if let absent {
                answer.whyNot = SearchAnswer.WhyNot(
                    skill: absent,
                    explanation: try await router.explain(query, absenceOf: absent, filter: filter)
                )
            }
            if context.wantsJSON {
                try context.console.writeJSON(answer.json)
            } else {
                try await answer.show(router: router, console: context.console)
            }
            return !answer.results.isEmpty
        }
    }
}
