import JSONSchema
import SkillCatalog
import SkillRetrieval

/// Binds the arguments of one step, and asks for what remains.
struct ArgumentBinder {
    /// What a step's tool is called with, as far as it is known.
    struct Bound {
        /// Nil when nothing is known about the tool's parameters, or when it takes none.
        var arguments: JSONObject?
        var questions: [PlanQuestion] = []
        /// What was taken for granted, for people.
        var assumptions: [String] = []

        /// Takes an input from a step that is there for nothing else, where its schema says where the value is.
        mutating func bind(_ need: ImplicitNeed?, to step: String) {
            guard let need, let pointer = need.result else { return }
            // The flow of types says which step; the need says where in its result. A literal is the thing's name, which was
            // looked up because it is not what the tool takes.
            let source = arguments?[need.input]?["$from"]
            guard source == nil || source == .string(step) else { return }
            arguments?[need.input] = OutputReference(step: step, path: pointer).json
            questions.removeAll { $0.argument == need.input }
        }
    }

    /// - Parameters:
    ///   - sources: the steps whose results flow into this one.
    ///   - earlier: the words of the request before the step.
    ///   - workspace: the folder that "this repository" means.
    static func bind(
        step: String,
        toolName: String,
        tool: Tool,
        words: [RequestToken],
        sources: [ReferenceBinding.Source],
        earlier: [RequestToken] = [],
        isEnglish: Bool = true,
        workspace: String? = nil
    ) -> Bound {
        guard let schema = tool.inputSchema, let parameters = SchemaPorts.inputs(schema), !parameters.isEmpty else {
            return Bound()
        }
        let claims = ReferenceClaims(parameters, sources, words)
        var setting = LiteralBinding.Setting(earlier: earlier, isEnglish: isEnglish)
        setting.workspace = workspace
        setting.reserved = Set(claims.claims.map(\.parameter))
        setting.toolStems = Set(IdentifierWords.split(tool.name + " " + tool.description).map(WordStem.of))
        // `GCD` is no name where an earlier step returns a GCD.
        setting.toolStems.formUnion(sources.flatMap { $0.outputs.flatMap(\.nameStems) + $0.cue })
        setting.cues = sources.map(\.cue)
        let possible = ReferenceBinding.references(for: parameters.filter(\.isRequired), from: sources)
        setting.suppliable = Set(possible.keys)
        let spoken = LiteralBinding(parameters: parameters, words: words, setting: setting)
        let literals = spoken.arguments
        let open = parameters.filter {
            ($0.isRequired || setting.reserved.contains($0.name)) && literals[$0.name] == nil
                && !spoken.mayHoldValue(for: $0)
        }
        let references = ReferenceBinding.references(for: open, from: sources, claims: claims.claims)
        var bound = Bound(arguments: [:])
        bound.assumptions = spoken.assumptions
        for parameter in parameters {
            if let value = literals[parameter.name] ?? references[parameter.name]?.json {
                bound.arguments?[parameter.name] = value
            } else if parameter.isRequired {
                let text = question(for: parameter, of: toolName)
                bound.questions.append(PlanQuestion(step: step, argument: parameter.name, text: text))
            }
        }
        return bound
    }

    private static func question(for parameter: IOPort, of tool: String) -> String {
        var text = "What should \(tool) use as \(parameter.name)?"
        let description = parameter.description.split(whereSeparator: \.isNewline).joined(separator: " ")
        if !description.isEmpty { text += " (\(description.prefix(200)))" }
        if !parameter.choices.isEmpty { text += " One of: \(parameter.choices.prefix(12).joined(separator: ", "))." }
        return text
    }
}
