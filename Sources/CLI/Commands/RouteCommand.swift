import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillWeaver
import Storage

/// `skillweaver route REQUEST`
struct RouteCommand: CommandDefinition {
    let name = "route"
    let summary = "Decompose a request, find a skill for each step, and weave the steps into a plan."
    let discussion = """
        Exits with 3 when no skill fits any step. A step that nothing fits stays in the plan without a skill, with the \
        reason.

        \(DecomposerChoice.explanation)
        """
    let examples = [
        CommandExample(
            "See a plan",
            #"skillweaver route "Download the dataset, transform it, and create a visual report""#
        ),
        CommandExample(
            "Ask a language model, and keep what it says",
            #"skillweaver route --decomposer sad+ --rerank llm --model gpt-4o-mini --record calls "Plan my week""#
        ),
        CommandExample(
            "Keep a plan to edit and to run",
            #"skillweaver route --out plan.json "Fetch the page and summarise it""#
        ),
        CommandExample("Draw it", #"skillweaver route --format svg "Fetch the page and summarise it" > plan.svg"#),
        CommandExample("Route every line of a file", "skillweaver route --batch requests.jsonl --json > plans.jsonl"),
    ]

    let request = Argument<String?>("REQUEST", "What is to be done, in your own words.")
    let batch = Option<String?>(
        "batch",
        value: "FILE",
        as: .file,
        #"Route every line {"id","query"} of a JSONL file; - is stdin."#
    )
    let candidates = Option<Int>(
        "candidates",
        short: "k",
        value: "K",
        as: .integer(in: 1...100),
        default: 10,
        "Candidates considered for each step."
    )
    let rerank = Option<RerankChoice?>(
        "rerank",
        value: "NAME",
        "Has the language model order the candidates of all steps, in one call a request; where it fails they stay as found."
    )
    let format = Option<PlanFormat>("format", value: "FORMAT", default: .table, "How the plan is shown.")
    let selection = Option<CompositionOptions.Selection>(
        "selection",
        value: "HOW",
        default: .joint,
        "How the skills of all steps are chosen: together, or one after the other as published."
    )
    let bind = Option<BindingChoice>(
        "bind",
        value: "HOW",
        default: .words,
        "What binds the arguments: the request's words, or the language model too, in one call a request."
    )
    let workspace = Option<String?>(
        "workspace",
        value: "DIR",
        as: .folder,
        "The folder that 'this repository' and 'the current folder' mean. Default: the current one."
    )
    let out = Option<String?>(
        "out",
        short: "o",
        value: "FILE",
        as: .file,
        "Keep the plan here as JSON, for 'plan validate', 'plan show' and editing."
    )

    var parameters: [any ParameterDeclaration] {
        [
            request, GlobalOptions.library, GlobalOptions.store, batch, candidates, GlobalOptions.stages,
            GlobalOptions.crossEncoder, rerank, format, selection, bind, workspace, out,
            DecomposerOptions.group, EncoderOptions.group, ModelOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        if values[out] != nil, values[batch] != nil {
            throw CommandError.usage("--out keeps one plan; with --batch and --json each line of stdout is one")
        }
        let requests = try QueryInput(text: values[request], batch: values[batch], what: "REQUEST")
        var options = try context.routerOptions(values)
        options.stages = values[GlobalOptions.stages]
        options.candidatesPerStep = values[candidates]
        options.workspace = FileSystem.absolute(values[workspace] ?? ".")
        options.composition.selection = values[selection]
        let model = try context.chatModel(
            values,
            isAsked: values[DecomposerOptions.decomposer].asksModel || values[rerank] != nil || values[bind] == .llm,
            toUseOne: "--decomposer sad+, --rerank llm or --bind llm"
        )
        options.decomposer = try DecomposerOptions.recipe(values, asking: model)
        options.rerankingModel = values[rerank] == .llm ? model : nil
        options.bindingModel = values[bind] == .llm ? model : nil
        let router = try await SkillRouter(library: values.libraryReference, options: options)
        return try await requests.run(in: context) { request, id in
            let plan = try await router.route(request)
            if let file = values[out] { try PlanFiles.write(plan, to: file) }
            if context.wantsJSON {
                try context.console.writeJSON(Self.json(plan, id: id))
            } else {
                try await values[format].write(plan, to: context.console)
            }
            return !plan.fitsNothing
        }
    }

    /// The plan as promised, in a batch with its line's id before all else.
    private static func json(_ plan: Plan, id: JSONValue?) -> JSONValue {
        guard let id, let members = plan.json.objectValue else { return plan.json }
        return .object(JSONObject([("id", id)] + members.map { ($0.key, $0.value) }))
    }
}

/// Who orders the candidates of the steps anew.
enum RerankChoice: String, CaseIterable, CommandLineValue {
    /// The language model.
    case llm
}

/// What binds the arguments of a plan.
enum BindingChoice: String, CaseIterable, CommandLineValue {
    case words
    /// The words first, then the language model.
    case llm
}

extension CompositionOptions.Selection: CommandLineValue {}
