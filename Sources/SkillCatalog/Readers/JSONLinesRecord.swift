import JSONSchema

/// Turns one line of a JSONL library into a skill.
struct JSONLinesRecord {
    let source: String
    let file: String
    let line: Int
    /// What was found wrong so far.
    var diagnostics: [Diagnostic] = []

    init(source: String, file: String, line: Int) {
        self.source = source
        self.file = file
        self.line = line
    }

    /// The skill on a line. Throws the diagnostic when the line cannot be used.
    mutating func skill(from line: LineReader.Line) throws(Rejection) -> Skill {
        guard case .text(let bytes) = line else {
            let limit = ByteCount.text(JSONLinesFile.maximumLineBytes)
            throw rejection(.lineTooLong, "the line is longer than \(limit), the most that is read")
        }
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(utf8: bytes)
        } catch {
            throw rejection(.invalidJSON, "the line is not valid JSON: \(error.reason) (column \(error.column))")
        }
        guard let members = value.objectValue else {
            throw rejection(.invalidRecord, "the line is \(value.typeName), not an object")
        }
        return try skill(from: members)
    }

    private mutating func skill(from members: JSONObject) throws(Rejection) -> Skill {
        let writtenID = try label("id", in: members)
        let writtenName = try label("name", in: members)
        guard let id = writtenID ?? writtenName, let name = writtenName ?? writtenID else {
            throw rejection(.missingName, "the record has neither `id` nor `name`")
        }
        var skill = Skill(
            id: id,
            name: name,
            description: "",
            origin: SkillOrigin(source: source, file: file, line: line)
        )
        skill.description = CleanedText.prose(text("description", in: members) ?? "")
        if skill.description.isEmpty {
            warn(.missingDescription, "\"\(name)\" has no description; it is found by its name only")
        }
        skill.category = try label("category", in: members)
        skill.tags = tags(members["tags"])
        skill.url = text("url", in: members).map(CleanedText.label)
        skill.tools = tool(of: skill, in: members).map { [$0] } ?? []
        return skill
    }

    /// A record with `inputs` or `outputs` is a function; it becomes the only tool of its skill.
    ///
    /// The tool is named after the skill with `call_` before it, so that a tool and a skill never share a name:
    /// the skill `geo/get weather` has the tool `call_geo_get_weather`.
    private mutating func tool(of skill: Skill, in members: JSONObject) -> Tool? {
        let inputs = parameters("inputs", in: members)
        let outputs = parameters("outputs", in: members)
        guard inputs != nil || outputs != nil else { return nil }
        var tool = Tool(name: Self.toolName(for: skill.name), description: skill.description)
        tool.inputSchema = inputs.map(TypedParameter.objectSchema)
        // No inputs means that there is nothing to pass; no outputs, that nothing is known of the result.
        if let outputs, !outputs.isEmpty { tool.outputSchema = TypedParameter.objectSchema(outputs) }
        return tool
    }

    /// `call_` and the skill's name, with every character that models do not accept replaced; at most 64 bytes.
    static func toolName(for skillName: String) -> String {
        let accepted = skillName.unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-")
                ? Character(scalar) : "_"
        }
        return "call_" + String(accepted.prefix(SkillLimits.toolName - "call_".utf8.count))
    }

    private mutating func parameters(_ name: String, in members: JSONObject) -> [TypedParameter]? {
        guard let value = members[name], value != .null else { return nil }
        guard let elements = value.arrayValue else {
            warn(.invalidField, "`\(name)` is \(value.typeName), not a list; it is left out")
            return nil
        }
        var parameters: [TypedParameter] = []
        for (index, element) in elements.enumerated() {
            if let parameter = TypedParameter(element) {
                parameters.append(parameter)
            } else {
                warn(.invalidParameter, "entry \(index + 1) of `\(name)` has no name; it is left out")
            }
        }
        return parameters
    }

    // MARK: - Fields

    /// The text of a field that names something; a number is taken as its text.
    private mutating func label(_ name: String, in members: JSONObject) throws(Rejection) -> String? {
        guard let text = text(name, in: members) else { return nil }
        let label = CleanedText.label(text)
        guard label.utf8.count <= CleanedText.maximumLabelBytes else {
            let limit = ByteCount.text(CleanedText.maximumLabelBytes)
            throw rejection(.nameTooLong, "`\(name)` is longer than \(limit)")
        }
        return label.isEmpty ? nil : label
    }

    private mutating func text(_ name: String, in members: JSONObject) -> String? {
        switch members[name] {
        case nil, .null: return nil
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .some(let other):
            warn(.invalidField, "`\(name)` is \(other.typeName), not a text; it is left out")
            return nil
        }
    }

    private mutating func tags(_ value: JSONValue?) -> [String] {
        switch value {
        case nil, .null: return []
        case .array(let elements):
            let tags = elements.compactMap(\.stringValue).map(CleanedText.label).filter { !$0.isEmpty }
            if tags.count < elements.count { warn(.invalidField, "`tags` holds what is not a text; it is left out") }
            return tags
        case .string(let text):
            return text.utf8.split(separator: UInt8(ascii: ","))
                .map { CleanedText.label(String(Substring($0))) }.filter { !$0.isEmpty }
        case .some(let other):
            warn(.invalidField, "`tags` is \(other.typeName), not a list; it is left out")
            return []
        }
    }

    // MARK: - Diagnostics

    private mutating func warn(_ code: DiagnosticCode, _ message: String) {
        diagnostics.append(Diagnostic(.warning, code, message, file: file, line: line))
    }

    private func rejection(_ code: DiagnosticCode, _ message: String) -> Rejection {
        Rejection(code, message, file: file, line: line)
    }
}
