import JSONSchema
import SkillCatalog

/// A list of functions as language models are given them.
///
/// An array, or an object with `tools` or `functions`, of `{"name", "description", "parameters"}`, of
/// `{"type": "function", "function": {…}}`, or flat with a `type` as the Responses API writes it. The functions have no
/// implementation: they can be found and planned with, and run by an invoker that the program brings.
struct FunctionList {
    /// Functions that one skill may have before the list is split by the first words of their names.
    static let functionsOfOneSkill = 40
    static let maximumFunctions = 20_000

    private let elements: [JSONValue]
    private let source: String
    private let location: String
    private(set) var diagnostics: [Diagnostic] = []

    /// Whether a document can be such a list; what is in it is not looked at.
    static func isOne(_ value: JSONValue) -> Bool { elements(of: value) != nil }

    private static func elements(of value: JSONValue) -> [JSONValue]? {
        if let elements = value.arrayValue { return elements }
        guard value["openapi"] == nil, value["swagger"] == nil else { return nil }
        return value["tools"]?.arrayValue ?? value["functions"]?.arrayValue
    }

    init(_ value: JSONValue, source: String, location: String) throws(DocumentFault) {
        guard let elements = Self.elements(of: value) else {
            throw DocumentFault(.unknownFormat, "is no list of functions")
        }
        guard !elements.isEmpty else { throw DocumentFault(.empty, "lists no functions") }
        self.elements = elements
        self.source = source
        self.location = location
    }

    mutating func skills() -> [Skill] {
        let name = ToolNaming.slug(source).isEmpty ? "functions" : ToolNaming.slug(source)
        let tools = tools(besides: name)
        guard tools.count > Self.functionsOfOneSkill else {
            return tools.isEmpty ? [] : [skill(name, tools, about: nil)]
        }
        var slugs = UniqueNames()
        return SkillSplit.groups(tools) { NameWords.first(of: $0.name) }.map { word, tools in
            skill(slugs.claim(ToolNaming.slug("\(name)-\(word)")), tools, about: word)
        }
    }

    private mutating func tools(besides skill: String) -> [Tool] {
        var tools: [Tool] = []
        var seen: Set<String> = []
        for (place, element) in elements.enumerated() {
            guard tools.count < Self.maximumFunctions else {
                note(.warning, "too-many-tools", "only the first \(Self.maximumFunctions) functions are read")
                break
            }
            if let type = element["type"]?.stringValue, type != "function", type != "object" {
                note(
                    .warning,
                    "not-a-function",
                    "element \(place + 1) is of the type '\(CleanedText.label(type).prefix(60))'; it is left out"
                )
                continue
            }
            let entry = ToolEntry(element, position: place + 1)
            guard var tool = entry.tool else {
                note(.error, "invalid-tool", "element \(place + 1) \(entry.problems.first ?? "cannot be used")")
                continue
            }
            for problem in entry.problems { note(.warning, "invalid-tool", "\(entry.label) \(problem)") }
            if tool.name == skill { tool.name = "call_\(tool.name)" }
            guard seen.insert(tool.name).inserted else {
                note(
                    .error,
                    "duplicate-tool",
                    "\(entry.label): a function of that name is there already; it is left out"
                )
                continue
            }
            check(&tool, entry.label)
            tools.append(tool)
        }
        return tools
    }

    /// A schema nobody can enforce is passed over.
    private mutating func check(_ tool: inout Tool, _ label: String) {
        guard let schema = tool.inputSchema else { return }
        do throws(SchemaError) {
            _ = try Schema(schema)
        } catch {
            note(
                .warning,
                "invalid-tool",
                "\(label) has parameters that are no usable schema and are not enforced: \(error)"
            )
            tool.inputSchema = nil
        }
    }

    private mutating func note(_ severity: Diagnostic.Severity, _ code: String, _ message: String) {
        guard diagnostics.count < 1_000 else { return }
        diagnostics.append(Diagnostic(severity, code: code, message, file: location))
    }

    private func skill(_ id: String, _ tools: [Tool], about word: String?) -> Skill {
        let samples = tools.prefix(8).map { tool in
            let first = tool.description.split(whereSeparator: \.isNewline).first.map { String($0.prefix(100)) }
            return first ?? ReadableName.words(of: tool.name)
        }
        let text = "Functions\(word.map { " for \($0)" } ?? "") of \(source): \(samples.joined(separator: "; "))"
        var skill = Skill(
            id: id,
            name: id,
            description: String(String.UnicodeScalarView(text.unicodeScalars.prefix(SkillLimits.description))),
            tools: tools,
            tags: word.map { [$0] } ?? [],
            origin: SkillOrigin(source: source, file: location)
        )
        for place in skill.tools.indices where skill.tools[place].name == id { skill.tools[place].name = "call_\(id)" }
        skill.metadata[FunctionInvoker.mark] = "true"
        return skill
    }
}
