import SkillCatalog

/// How well a tool suits the words of a step, beyond what retrieval says: its verb, its words, its inputs.
///
/// Every figure is 0…1. A tool that declares no inputs is left as it is: nothing is known about it.
struct CandidateFit: Sendable, Hashable {
    /// The step's verb is a word of the tool's name or of the start of its description.
    var verb = 0.0
    /// Share of the tool's name that stands in the step, what points to earlier steps left out.
    var name = 0.0
    /// Share of the required inputs that the step's words, or a step before, provide.
    var provided = 0.0
    /// Share of the step's values that the tool has an input for.
    var used = 0.0
    /// Required inputs that neither the words nor a step before provide: so many questions the tool would leave.
    var open = 0
    /// The tool is known to do what the step does not ask for: it changes something where the step only wants to know, or
    /// only reads where the step wants something changed.
    var isContrary = false

    /// Nil where the tool declares no inputs.
    ///
    /// - Parameters:
    ///   - cues: expressions in the step that point to earlier steps, as stems; one for each result that flows in.
    ///   - workspace: the folder that "this repository" means.
    init?(_ tool: Tool, step: StepReading, cues: [[String]], workspace: String? = nil) {
        guard let schema = tool.inputSchema, let parameters = SchemaPorts.inputs(schema) else { return nil }
        let pointing = Set(cues.joined())
        let said = Set(step.body.filter { $0.isWord && $0.literal == nil }.map(\.stem)).subtracting(pointing)
        let names = IdentifierWords.split(tool.name).map(WordStem.of)
        let opening = IdentifierWords.split(tool.description).prefix(4).map(WordStem.of)
        if let wanted = step.verb, names.contains(wanted) || opening.contains(wanted) { verb = 1 }
        let telling = names.filter { !EnglishWords.genericNouns.contains($0) && $0 != step.verb }
        name = telling.isEmpty ? 0.5 : Double(telling.count(where: said.contains)) / Double(telling.count)

        var setting = LiteralBinding.Setting(cues: cues)
        setting.workspace = workspace
        setting.toolStems = Set(names + IdentifierWords.split(tool.description).map(WordStem.of)).union(pointing)
        let binding = LiteralBinding(parameters: parameters, words: step.body, setting: setting)
        let required = parameters.filter(\.isRequired)
        let bound = required.count { binding.arguments[$0.name] != nil }
        provided = required.isEmpty ? 1 : min(1, Double(bound + cues.count) / Double(required.count))
        used = binding.shareOfValuesUsed
        open = max(0, required.count - bound - cues.count)
        switch (step.intent, ToolEffect(tool)) {
        case (.look, .changes), (.change, .reads): isContrary = true
        default: isContrary = false
        }
    }
}
