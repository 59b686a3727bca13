import JSONSchema
import SkillCatalog

/// Finds the steps that a request asks for once for each of several things.
struct FanOutFinder {
    let reading: RequestReading
    /// The tools of the steps; nil where none is known.
    let tools: [Tool?]

    /// A list among what a step returns.
    private struct List {
        var port: IOPort
        /// What one element holds: its members, or itself with an empty pointer.
        var elements: [IOPort]
    }

    struct Finding {
        var fanOut: FanOut
        /// Position of the step the list comes from.
        var source: Int?
        /// Arguments that take the element at hand.
        var arguments: [String: JSONValue]
        /// A person has to say what the list is.
        var question: String?
    }

    /// - Parameters:
    ///   - sources: positions of the steps whose results flow into this one, nearest last.
    ///   - arguments: what is bound so far.
    func fanOut(of step: Int, sources: [Int], arguments: JSONObject?, ids: [String]) -> Finding? {
        guard reading.isEnglish, let tool = tools[step],
            let inputs = tool.inputSchema.flatMap(SchemaPorts.inputs), !inputs.isEmpty
        else { return nil }
        let cue = Self.cue(in: reading.steps[step])
        // "For every result": the words name a list of an earlier step, whatever else was found to flow.
        let named = cue.map { cue in (0..<step).filter { names(cue, aListOf: $0) } } ?? []
        for source in (named + sources).reversed() {
            let lists = lists(of: source, named: cue?.stems ?? [])
            for list in lists {
                let reference = OutputReference(step: ids[source], path: list.port.pointer)
                guard let (input, element) = singular(inputs, list, arguments, reference, isSaid: cue != nil) else {
                    continue
                }
                return Finding(
                    fanOut: FanOut(list: reference.json, cue: cue?.text ?? ""),
                    source: source,
                    arguments: [input.name: ItemReference(path: element.pointer).json]
                )
            }
        }
        return cue.flatMap { literalList($0, step, inputs, arguments) }
    }

    // MARK: - Lists

    private func lists(of source: Int, named stems: Set<String>) -> [List] {
        guard let schema = tools[source]?.outputSchema, let ports = SchemaPorts.outputs(schema) else { return [] }
        let lists = ports.filter(\.isCollection).compactMap { port -> List? in
            guard let place = JSONPointer(port.pointer) else { return nil }
            let items = Self.items(at: place, in: schema)
            let members = items.flatMap(SchemaPorts.outputs) ?? []
            var element = port
            element.isCollection = false
            element.pointer = ""
            return List(port: port, elements: members.isEmpty || members[0].name.isEmpty ? [element] : members)
        }
        // What the words name stands first; the others keep their order.
        return lists.filter { $0.port.nameStems.contains(where: stems.contains) }
            + lists.filter { !$0.port.nameStems.contains(where: stems.contains) }
    }

    private func names(_ cue: Cue, aListOf step: Int) -> Bool {
        lists(of: step, named: cue.stems).first.map { $0.port.nameStems.contains(where: cue.stems.contains) } ?? false
    }

    private static func items(at place: JSONPointer, in schema: JSONValue) -> JSONValue? {
        var current: JSONValue? = schema
        for token in place.tokens { current = current?["properties"]?[token] }
        return current?["items"]
    }

    /// The input that wants one of what the list holds.
    private func singular(
        _ inputs: [IOPort],
        _ list: List,
        _ arguments: JSONObject?,
        _ reference: OutputReference,
        isSaid: Bool
    ) -> (IOPort, IOPort)? {
        let open = inputs.filter { input in
            guard !input.isCollection else { return false }
            guard let value = arguments?[input.name] else { return input.isRequired }
            return value == reference.json
        }
        let pairs = open.flatMap { input in
            list.elements.map { (input: input, element: $0, score: Compatibility.fit($0, input).score) }
        }
        guard let best = pairs.max(by: { $0.score < $1.score }), best.score >= (isSaid ? 0.3 : 0.6) else { return nil }
        if isSaid { return (best.input, best.element) }
        // Unsaid, a list goes one by one only into what takes a single file, address or person, or has its very name.
        let isOne =
            best.input.carrier != .value || best.input.type == .emailAddress
            || (best.input.nameStems == best.element.nameStems && best.input.name != list.port.name)
        return isOne && arguments?[best.input.name] == reference.json ? (best.input, best.element) : nil
    }

    /// "For each of 'Bonn' and 'Kiel'"; a list that is nowhere becomes a question.
    private func literalList(
        _ cue: Cue,
        _ step: Int,
        _ inputs: [IOPort],
        _ arguments: JSONObject?
    ) -> Finding? {
        let words =
            reading.steps[step].lead.filter { $0.sentence == reading.steps[step].sentence }
            + reading.steps[step].body
        let values = ValueReader.values(in: words, lists: true).filter { $0.elements.count > 1 }
        let texts = values.flatMap(\.elements).map(\.text)
        let open = inputs.filter { input in
            guard input.isRequired, !input.isCollection else { return false }
            // One of several values was taken for the only one.
            return arguments?[input.name].map { $0.stringValue.map(texts.contains) ?? false } ?? true
        }
        guard open.count == 1, let input = open.first else { return nil }
        if values.count == 1, let value = values.first {
            let elements = value.elements.map { element in
                ValueConversion(input).json(SpokenValue(elements: [element], unit: value.unit))
            }
            return Finding(
                fanOut: FanOut(list: .array(elements), cue: cue.text),
                arguments: [input.name: ItemReference().json]
            )
        }
        guard cue.isExplicit, arguments?[input.name] == nil else { return nil }
        return Finding(
            fanOut: FanOut(list: [], cue: cue.text),
            arguments: [input.name: ItemReference().json],
            question: "Which ones are meant by \u{201C}\(cue.text)\u{201D}? A list, or a reference to one."
        )
    }

    // MARK: - Words

    private struct Cue {
        var text: String
        /// Stems of what there are several of.
        var stems: Set<String>
        /// "For each" rather than a mere "every".
        var isExplicit: Bool
    }

    /// "For each of the files", "every order", "each of them"; not "every day".
    private static func cue(in step: StepReading) -> Cue? {
        let words = step.lead.filter { $0.sentence == step.sentence } + step.body
        for (index, word) in words.enumerated() where word.text == "each" || word.text == "every" {
            let isExplicit = index > 0 && words[index - 1].text == "for"
            let behind = words[(index + 1)...].prefix(5).prefix { $0.mark == nil && $0.literal == nil }
            let noun = behind.filter { !EnglishWords.functionWords.contains($0.text) }.first
            if let noun {
                if EnglishWords.timeNouns.contains(noun.stem) || MeasuringUnit.named(noun.text) != nil { continue }
                if noun.text == "other" || noun.text == "time" { continue }
            }
            let shown = behind.prefix { $0.text == "of" || $0.text == "the" || $0.text == "them" || $0 == noun }
            let text = ((isExplicit ? ["for"] : []) + [word.written] + shown.map(\.written)).joined(separator: " ")
            return Cue(text: text, stems: Set(noun.map { [$0.stem] } ?? []), isExplicit: isExplicit || noun == nil)
        }
        if let place = words.indices.dropLast(2).first(where: {
            words[$0].text == "one" && words[$0 + 1].text == "by" && words[$0 + 2].text == "one"
        }) {
            return Cue(
                text: words[place...].prefix(3).map(\.written).joined(separator: " "),
                stems: [],
                isExplicit: false
            )
        }
        return nil
    }
}
