import JSONSchema
import SkillCatalog

/// Binds the values that stand in a step's words to the parameters of its tool.
///
/// Conservative: a value is bound where its kind and the words around it leave one parameter, and a parameter takes one
/// value. What is unclear stays open and becomes a question.
struct LiteralBinding {
    /// The arguments bound, by parameter name.
    private(set) var arguments: [String: JSONValue] = [:]

    private let parameters: [IOPort]
    private let kinds: [ParameterKind]
    private let values: [SpokenValue]
    private var usedValues: Set<Int> = []
    /// What was taken for granted, for people.
    private(set) var assumptions: [String] = []

    /// What surrounds a step and may say what it leaves unsaid.
    struct Setting {
        /// Names of parameters whose value comes from an earlier step.
        var reserved: Set<String> = []
        /// Words of the tool's name and description.
        var toolStems: Set<String> = []
        /// Expressions in the step that point to earlier steps, as stems.
        var cues: [[String]] = []
        /// Names of parameters that an earlier step's result would suit.
        var suppliable: Set<String> = []
        /// The words of the request before the step.
        var earlier: [RequestToken] = []
        var isEnglish = true
        /// The folder that "this repository" means.
        var workspace: String?
    }

    /// - Parameter words: the tokens of the step.
    init(parameters: [IOPort], words: [RequestToken], setting: Setting = Setting()) {
        let (reserved, toolStems) = (setting.reserved, setting.toolStems)
        self.parameters = parameters.filter { !reserved.contains($0.name) }
        kinds = self.parameters.map { ParameterKind($0) }
        values = ValueReader.values(
            in: words,
            lists: parameters.contains(where: \.isCollection),
            toolStems: toolStems
        )
        for (name, flag) in FlagBinding.flags(self.parameters, words) { arguments[name] = flag }
        bindTimeZones(words)
        bindWorkspace(words, setting)
        bindByEvidence()
        bindCurrencies()
        bindTheOnlyOnes()
        bindOperands()
        bindFromSetting(setting)
        bindPhrases(words, setting)
        assumeWorkspace(setting)
    }

    /// A value of the step that is not bound could be meant for this parameter.
    func mayHoldValue(for parameter: IOPort) -> Bool {
        openValues.contains { ValueFit(values[$0], parameter).isTelling }
    }

    /// Share of the values that found a parameter; 1 where there are none.
    var shareOfValuesUsed: Double { values.isEmpty ? 1 : Double(usedValues.count) / Double(values.count) }

    private var openParameters: [Int] { parameters.indices.filter { arguments[parameters[$0].name] == nil } }
    private var openValues: [Int] { values.indices.filter { !usedValues.contains($0) } }

    private mutating func bindTimeZones(_ words: [RequestToken]) {
        for (parameter, mention) in TimeZoneBinding(words: words).bindings(of: parameters) {
            arguments[parameter] = .string(mention.zone)
            usedValues.formUnion(values.indices.filter { mention.range.contains(values[$0].position) })
        }
    }

    /// "This repository".
    private mutating func bindWorkspace(_ words: [RequestToken], _ setting: Setting) {
        guard let workspace = setting.workspace, WorkspaceBinding.phrase(in: words, cues: setting.cues) != nil else {
            return
        }
        let folders = openParameters.filter { WorkspaceBinding.takesFolder(parameters[$0]) }
        let required = folders.filter { parameters[$0].isRequired }
        for candidates in [folders, required] {
            guard candidates.count == 1, let only = candidates.first else { continue }
            arguments[parameters[only].name] = .string(workspace)
            return
        }
    }

    /// A tool that works on a repository, and a step that names none.
    private mutating func assumeWorkspace(_ setting: Setting) {
        guard let workspace = setting.workspace else { return }
        let open = openParameters.map { parameters[$0] }.filter {
            $0.isRequired && WorkspaceBinding.takesWorkspace($0) && !setting.suppliable.contains($0.name)
                && !mayHoldValue(for: $0)
        }
        guard open.count == 1, let only = open.first else { return }
        arguments[only.name] = .string(workspace)
        assumptions.append("\(only.name) is taken to be the workspace, \(workspace)")
    }

    /// The surest pairs first; a pair that another comes close to is left alone.
    private mutating func bindByEvidence() {
        var pairs: [(value: Int, parameter: Int, score: Double)] = []
        for value in values.indices {
            for parameter in openParameters {
                let score = ValueFit(values[value], parameters[parameter]).evidence
                if score >= 1 { pairs.append((value, parameter, score)) }
            }
        }
        pairs.sort { ($1.score, $0.value, $0.parameter) < ($0.score, $1.value, $1.parameter) }
        while true {
            pairs.removeAll { usedValues.contains($0.value) || arguments[parameters[$0.parameter].name] != nil }
            let clear = pairs.first { pair in
                !pairs.contains { other in
                    let competes = (other.value == pair.value) != (other.parameter == pair.parameter)
                    return competes && other.score > pair.score - 0.2
                }
            }
            guard let clear else { return }
            bind(clear.value, to: clear.parameter)
        }
    }

    /// "100 USD to EUR": what stands behind the number or "from" is converted from, the other to.
    private mutating func bindCurrencies() {
        let open = openParameters.filter { kinds[$0] == .currency }
        let spoken = openValues.filter { if case .currency = values[$0].kind { true } else { false } }
        guard !open.isEmpty else { return }
        let hasTarget = spoken.contains { ["to", "into"].contains(values[$0].before.first) }
        for value in spoken {
            // "in USD to EUR", but "how much that is in euros".
            let isTarget = (hasTarget ? ["to", "into"] : ["to", "into", "in"]).contains(values[value].before.first)
            let side = open.filter { isTarget == Self.isTarget(parameters[$0]) && openParameters.contains($0) }
            if open.count == 1 { return bind(value, to: open[0]) }
            if side.count == 1 { bind(value, to: side[0]) }
        }
    }

    private static func isTarget(_ parameter: IOPort) -> Bool {
        parameter.nameStems.contains { ["to", "target", "destin"].contains($0) || $0 == WordStem.of("quote") }
    }

    /// One value of a kind left, and one required parameter that takes that kind and no other value.
    private mutating func bindTheOnlyOnes() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for parameter in openParameters where parameters[parameter].isRequired {
                let fitting = openValues.filter { ValueFit(values[$0], parameters[parameter]).isTelling }
                guard fitting.count == 1, let value = fitting.first else { continue }
                let rivals = openParameters.filter { ValueFit(values[value], parameters[$0]).isTelling }
                if rivals == [parameter] || rivals.filter({ parameters[$0].isRequired }) == [parameter] {
                    bind(value, to: parameter)
                    isChanged = true
                }
            }
        }
    }

    /// `num1` and `num2`: parameters that only a number tells apart take their values in order.
    private mutating func bindOperands() {
        let open = openParameters.filter { parameters[$0].isRequired && Self.series(parameters[$0].name) != nil }
        for first in open {
            let series = open.filter {
                Self.series(parameters[$0].name) == Self.series(parameters[first].name) && kinds[$0] == kinds[first]
            }
            let fitting = openValues.filter { ValueFit(values[$0], parameters[first]).isTelling }
            guard series.first == first, series.count > 1, fitting.count == series.count else { continue }
            for (value, parameter) in zip(fitting, series) { bind(value, to: parameter) }
        }
    }

    /// The name without its number; nil for one that has none.
    private static func series(_ name: String) -> String? {
        if name.count == 1 { return "" }
        let stem = name.prefix { !$0.isNumber }
        return stem.count < name.count && !stem.isEmpty ? String(stem) : nil
    }

    /// The currency of the only sum spoken of before, and the language the request itself is written in.
    private mutating func bindFromSetting(_ setting: Setting) {
        for parameter in openParameters where parameters[parameter].isRequired {
            let port = parameters[parameter]
            switch kinds[parameter] {
            case .currency where !Self.isTarget(port):
                guard let code = SpokenCurrency.only(in: setting.earlier) else { continue }
                arguments[port.name] = .string(code)
                assumptions.append("\(port.name) is taken to be \(code), the currency spoken of before")
            case .language where port.nameStems.contains(WordStem.of("source")) && setting.isEnglish:
                arguments[port.name] = "English"
                assumptions.append("\(port.name) is taken to be English, the language of the request")
            default: continue
            }
        }
    }

    /// Words without quotes: those beside a parameter's name, and the one topic that is left.
    private mutating func bindPhrases(_ words: [RequestToken], _ setting: Setting) {
        let phrases = PhraseBinding(
            words: words,
            toolStems: setting.toolStems,
            cues: setting.cues,
            parameterStems: Set(parameters.flatMap(\.nameStems))
        )
        for parameter in openParameters where kinds[parameter] == .text {
            let port = parameters[parameter]
            guard !port.isCollection, port.jsonType == nil || port.jsonType == "string",
                let text = phrases.named(by: port)
            else { continue }
            arguments[port.name] = .string(text)
        }
        let open = openParameters.filter { parameters[$0].isRequired }
        guard open.count == 1, let only = open.first, kinds[only] == .text, !parameters[only].isCollection,
            !mayHoldValue(for: parameters[only]), !setting.suppliable.contains(parameters[only].name),
            let topic = phrases.onlyTopic
        else { return }
        arguments[parameters[only].name] = .string(topic)
    }

    private mutating func bind(_ value: Int, to parameter: Int) {
        usedValues.insert(value)
        arguments[parameters[parameter].name] = ValueConversion(parameters[parameter]).json(values[value])
    }
}
