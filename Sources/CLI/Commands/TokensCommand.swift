import CommandLineInterface
import JSONSchema
import LanguageModels
import SkillHarness
import SkillRouting
import SkillWeaver

/// `skillweaver tokens`
struct TokensCommand: CommandDefinition {
    let name = "tokens"
    let summary = "Count what a library costs a prompt: all tools upfront, a menu, or only what a request needs."
    let discussion = """
        Counts with a language model's own tokenizer where its vocabulary is installed, else estimates, and says which. \
        Routed means the menu, the session's own tools, and the documents and tools of the skills that are loaded: those \
        the request routes to, or two of average size.
        """
    let examples = [
        CommandExample("The bundled skills, over a session of thirty turns", "skillweaver tokens --turns 30"),
        CommandExample(
            "What one request needs",
            #"skillweaver tokens --request "Fetch the page, then chart its table""#
        ),
    ]

    let turns = Option<Int>(
        "turns",
        value: "N",
        as: .integer(in: 1...100_000),
        default: 30,
        "Prompts of the session that the second column adds up."
    )
    let request = Option<String?>(
        "request",
        value: "TEXT",
        as: .nonBlank,
        "Load the skills that this request routes to."
    )
    let tokenizer = Option<String?>(
        "tokenizer",
        value: "FILE",
        as: .file,
        "Vocabulary that tokens are counted with (qwen.tiktoken). Default: the installed one."
    )

    var parameters: [any ParameterDeclaration] {
        [GlobalOptions.library, GlobalOptions.store, request, turns, tokenizer]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let counter = try options.installation.tokenCounter(vocabulary: values[tokenizer])
        var loaded: [String]?
        if let request = values[request] {
            let plan = try await SkillRouter(library: values.libraryReference, options: options).route(request)
            loaded = plan.skills
        }
        let library = try await RouterResources.catalog(values.libraryReference, options: options)
        let economics = try await TokenAudit(counter: counter).economics(of: library, loaded: loaded)
        if context.wantsJSON {
            var members = economics.json.objectValue ?? [:]
            members["turns"] = JSONValue(values[turns])
            if let loaded { members["loaded_skills"] = JSONValue(loaded) }
            members["published"] = Self.published
            try context.console.writeJSON(.object(members))
        } else {
            try write(economics, turns: values[turns], loaded: loaded, to: context.console)
        }
        return .done
    }

    /// The text's own figures, marked as such.
    private static let published: JSONValue = [
        "strategies": [
            ["name": "upfront", "tokens": JSONValue(PublishedEconomics.upfront), "source": "published"],
            ["name": "menu", "tokens": JSONValue(PublishedEconomics.menu), "source": "published"],
            ["name": "routed", "tokens": JSONValue(PublishedEconomics.routed), "source": "published"],
        ],
        "saved": .number(PublishedEconomics.saved), "skills": JSONValue(PublishedEconomics.skills),
        "tools": JSONValue(PublishedEconomics.tools),
    ]

    private func write(_ economics: TokenEconomics, turns: Int, loaded: [String]?, to console: Console) throws {
        let labels: [(TokenEconomics.Strategy.Name, String)] = [
            (.upfront, "all tools upfront"), (.menu, "menu, nothing loaded"),
            (.routed, loaded.map { "menu + \($0.count) routed" } ?? "menu + 2 loaded"),
        ]
        let source = economics.strategies.first?.source.rawValue ?? ""
        try console.writeLine("\(economics.skills) skills, \(economics.tools) tools; tokens \(source)")
        try console.writeLine(Self.row("", "a prompt", "\(turns) turns", "published"))
        let published = [PublishedEconomics.upfront, PublishedEconomics.menu, PublishedEconomics.routed]
        for ((name, label), reported) in zip(labels, published) {
            let tokens = economics.tokens(name)
            try console.writeLine(
                Self.row(label, tokens.grouped, (tokens * turns).grouped, "~" + reported.grouped)
            )
        }
        let saved = DecimalText.fixed(economics.saved * 100, 0)
        try console.writeLine(Self.row("saved by routing", "\(saved) %", "", "78 %"))
        if let loaded {
            try console.writeLine("\nrouted to: " + (loaded.isEmpty ? "nothing" : loaded.joined(separator: ", ")))
        }
        try console.writeLine(
            "\npublished: the skill system's text, for \(PublishedEconomics.skills) skills with about "
                + "\(PublishedEconomics.tools) tools"
        )
    }

    private static func row(_ label: String, _ cells: String...) -> String {
        label.padded(toColumns: 22) + cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined()
    }
}

extension Plan {
    /// Ids of the skills its steps use, each once, in the order of the steps.
    var skills: [String] {
        steps.compactMap(\.skill).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Int {
    /// `12,000`.
    fileprivate var grouped: String {
        let digits = String(magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).reversed().map { end in
            String(digits.prefix(end).suffix(3))
        }
        return (self < 0 ? "-" : "") + groups.joined(separator: ",")
    }
}
