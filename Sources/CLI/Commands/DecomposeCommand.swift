import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillRetrieval
import SkillWeaver

/// `skillweaver decompose REQUEST`
struct DecomposeCommand: CommandDefinition {
    let name = "decompose"
    let summary = "Split a request into the steps that one skill each can do."
    let discussion = """
        Shows which words of the request each step comes from, and how sure it is. Nothing is looked for in the library \
        but hints for a language model, where the decomposer asks one.

        \(DecomposerChoice.explanation)
        """
    let examples = [
        CommandExample(
            "See the steps of a request",
            #"skillweaver decompose "Download the dataset, transform it, and create a visual report""#
        ),
        CommandExample(
            "Let a language model revise the local plan",
            #"skillweaver decompose --decomposer sad+ --model qwen2.5:7b --base-url http://localhost:11434 "Plan my week""#
        ),
        CommandExample(
            "Decompose every line of a file",
            "skillweaver decompose --batch requests.jsonl --json > steps.jsonl"
        ),
    ]

    let request = Argument<String?>("REQUEST", "What is to be done, in your own words.")
    let batch = Option<String?>(
        "batch",
        value: "FILE",
        as: .file,
        #"Decompose every line {"id","query"} of a JSONL file; - is stdin."#
    )

    var parameters: [any ParameterDeclaration] {
        [
            request, GlobalOptions.library, GlobalOptions.store, batch, DecomposerOptions.group, EncoderOptions.group,
            ModelOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let requests = try QueryInput(text: values[request], batch: values[batch], what: "REQUEST")
        var options = try context.routerOptions(values)
        let model = try context.chatModel(
            values,
            isAsked: values[DecomposerOptions.decomposer].asksModel,
            toUseOne: "--decomposer sad+"
        )
        options.decomposer = try DecomposerOptions.recipe(values, asking: model)
        let name = options.decomposer.name
        let router = try await SkillRouter(library: values.libraryReference, options: options)
        return try await requests.run(in: context) { request, id in
            let decomposition = try await router.decompose(request)
            if context.wantsJSON {
                try context.console.writeJSON(Self.json(decomposition, of: request, by: name, id: id))
            } else {
                try Self.show(decomposition, of: request, on: context.console)
            }
            return true
        }
    }

    private static func json(
        _ decomposition: Decomposition,
        of request: String,
        by name: String,
        id: JSONValue?
    ) -> JSONValue {
        let steps = decomposition.subtasks.map { subtask -> JSONValue in
            var step: JSONObject = ["id": .string(subtask.id), "text": .string(subtask.text)]
            step["span"] = subtask.span.map { [JSONValue($0.lowerBound), JSONValue($0.upperBound)] } ?? .null
            step["source"] = subtask.span.map { .string(source($0, in: request)) } ?? .null
            step["confidence"] = .number((subtask.confidence * 10_000).rounded() / 10_000)
            if let dependencies = decomposition.dependencies {
                step["depends_on"] = JSONValue(dependencies[subtask.id] ?? [])
            }
            step["skill"] = decomposition.picks[subtask.id].map(JSONValue.string)
            return .object(step)
        }
        var answer: JSONObject = [:]
        if let id { answer["id"] = id }
        answer["request"] = .string(request)
        answer["decomposer"] = .string(name)
        answer["steps"] = .array(steps)
        answer["diagnostics"] = JSONValue(decomposition.diagnostics)
        answer["tokens"] = decomposition.tokens.json
        answer["decomposition"] = decomposition.report.json
        return .object(answer)
    }

    private static func source(_ span: Range<Int>, in request: String) -> String {
        String(decoding: Array(request.utf8)[span.clamped(to: 0..<request.utf8.count)], as: UTF8.self)
    }

    private static func show(_ decomposition: Decomposition, of request: String, on console: Console) throws {
        for line in MarkedRequest(request, decomposition.subtasks).lines(width: console.columns, style: console.style) {
            try console.writeLine(line)
        }
        try console.writeLine()
        let ids = decomposition.subtasks.map(\.id.displayWidth).max() ?? 0
        for subtask in decomposition.subtasks {
            let percent = Int((subtask.confidence * 100).rounded())
            var notes = ["\(percent) %"]
            if let earlier = decomposition.dependencies?[subtask.id], !earlier.isEmpty {
                notes.append("after \(earlier.joined(separator: ", "))")
            }
            if let skill = decomposition.picks[subtask.id] { notes.append("by \(skill.printable)") }
            let id = console.style(subtask.id.padded(toColumns: ids), .bold)
            try console.writeLine("\(id)  \(subtask.text.printable)  (\(notes.joined(separator: "; ")))")
        }
        for remark in decomposition.diagnostics { console.note("! \(remark)") }
        if decomposition.report.calls > 0 { console.note(decomposition.report.summary) }
    }
}
