public import JSONSchema
public import LanguageModels
import PlanExecution
import SkillCatalog
import SkillRetrieval

extension SkillSession {
    /// The tools a model may call now: the session's own first, then those of loaded skills in the order of loading.
    public var activeTools: [ChatTool] {
        MetaTool.allCases.map(\.chatTool)
            + loadedSkills.flatMap { id -> [ChatTool] in
                guard let skill = loaded[id] else { return [] }
                return skill.fullTools.compactMap { name in
                    guard let tool = skill.skill.tool(named: name),
                        let wireName = names.name(of: QualifiedTool(skill: id, tool: name))
                    else { return nil }
                    return ToolSchema.chatTool(tool, name: wireName)
                }
            }
    }

    /// Makes the call a model asks for; what is wrong with it is the outcome's text, never an error.
    ///
    /// - Parameters:
    ///   - name: a meta-tool, a tool's name in this conversation, or `skill.tool`.
    ///   - request: what the user asked for, by which tools of a large skill are chosen when one is loaded.
    public func dispatch(_ name: String, arguments: JSONValue, request: String = "") async -> DispatchOutcome {
        do {
            if let meta = MetaTool(rawValue: name) {
                return try await perform(meta, arguments, request: request)
            }
            guard let target = try await target(of: name) else { return DispatchOutcome(text: await unknownTool(name)) }
            return await call(target.skill, target.tool, arguments)
        } catch {
            return DispatchOutcome(text: "Error: \(error.message)")
        }
    }

    private func perform(
        _ meta: MetaTool,
        _ arguments: JSONValue,
        request: String
    ) async throws(SessionError) -> DispatchOutcome {
        if let problem = SchemaCheck.problem(of: arguments, by: meta.inputSchema) {
            throw SessionError(.invalidArguments, "\(meta.rawValue): \(problem)")
        }
        func text(_ key: String) -> String { arguments[key]?.stringValue ?? "" }
        switch meta {
        case .listSkills:
            return DispatchOutcome(said: menu().text)
        case .searchSkills:
            let found = try await search(text("query"), top: arguments["top"]?.intValue ?? 10)
            return DispatchOutcome(said: try await described(found))
        case .loadSkill:
            let tools = arguments["tools"]?.arrayValue?.compactMap(\.stringValue)
            let report = try await load(text("name"), tools: tools, request: request)
            var outcome = DispatchOutcome(said: report.text)
            outcome.document = report.givesDocument ? report.skill.id : nil
            return outcome
        case .unloadSkill:
            let wasLoaded = try await unload(text("name"))
            return DispatchOutcome(
                said: wasLoaded ? "Unloaded skill '\(text("name"))'." : "Skill '\(text("name"))' is not loaded."
            )
        case .readSkillFile:
            let file = try await readFile(text("path"), of: text("skill"))
            return DispatchOutcome(said: file.text)
        case .callTool:
            guard MetaTool(rawValue: text("tool")) == nil else {
                throw SessionError(.invalidArguments, "call '\(text("tool"))' directly, not through call_tool")
            }
            let arguments = arguments["arguments"] ?? [:]
            if let target = try await target(of: text("tool")) {
                return await call(target.skill, target.tool, arguments)
            }
            if let target = try await unloadedTarget(of: text("tool")) {
                return await call(target.skill, target.tool, arguments)
            }
            return DispatchOutcome(text: await unknownTool(text("tool")))
        }
    }

    /// The tool of a loaded skill that a name means.
    private func target(of name: String) async throws(SessionError) -> (skill: Skill, tool: Tool)? {
        if let known = names.tool(named: name), let skill = loaded[known.skill]?.skill,
            let tool = skill.tool(named: known.tool)
        {
            return (skill, tool)
        }
        for id in loadedSkills where name.hasPrefix("\(id).") {
            if let skill = loaded[id]?.skill, let tool = skill.tool(named: String(name.dropFirst(id.count + 1))) {
                return (skill, tool)
            }
        }
        // A tool that was listed by name only, or whose plain name another skill's tool has taken.
        let owners = loadedSkills.compactMap { loaded[$0]?.skill }.filter { $0.tool(named: name) != nil }
        guard owners.count == 1, let tool = owners[0].tool(named: name) else { return nil }
        return (owners[0], tool)
    }

    /// `skill.tool` of a skill that is not loaded.
    private func unloadedTarget(of name: String) async throws(SessionError) -> (skill: Skill, tool: Tool)? {
        for (skill, toolName) in await owners(of: name) {
            if let tool = skill.tool(named: toolName) { return (skill, tool) }
        }
        return nil
    }

    /// The skills that `skill.tool` may name, each with the tool it would be.
    private func owners(of name: String) async -> [(skill: Skill, tool: String)] {
        var owners: [(skill: Skill, tool: String)] = []
        // A skill's id may hold dots; a tool's name is what stands after one of them.
        for dot in name.indices.reversed() where name[dot] == "." {
            guard let skill = try? await skill(named: String(name[..<dot])) else { continue }
            owners.append((skill, String(name[name.index(after: dot)...])))
        }
        return owners
    }

    private func call(_ skill: Skill, _ tool: Tool, _ arguments: JSONValue) async -> DispatchOutcome {
        let target = QualifiedTool(skill: skill.id, tool: tool.name)
        guard let arguments = arguments.objectValue else {
            return DispatchOutcome(text: "Error: the arguments of \(tool.name) must be an object.", tool: target)
        }
        var call = ToolCall(skill: skill, tool: tool, arguments: arguments, idempotencyKey: "\(id)-\(nextUse())")
        call.rules = approval.policy.rules
        call.limits.deadline = options.callDeadline
        if let failure = await approval.refusal(of: call) {
            return DispatchOutcome(text: "Error: \(failure.message)", failure: failure, tool: target)
        }
        beginCall(of: skill.id)
        defer { endCall(of: skill.id) }
        let outcome = await ToolCallTelemetry.measuring(call) { () async -> Result<ToolResult, ToolFailure> in
            do throws(ToolFailure) { return .success(try await invoker.invoke(call)) } catch { return .failure(error) }
        }
        do throws(ToolFailure) {
            let result = try outcome.get()
            return DispatchOutcome(text: shown(result.value), value: result.value, tool: target)
        } catch {
            return DispatchOutcome(text: explained(error, tool), failure: error, tool: target)
        }
    }

    private func shown(_ value: JSONValue) -> String {
        let text = value.stringValue ?? value.serialized()
        guard text.utf8.count > options.resultBytes else { return text }
        let kept = String(decoding: text.utf8.prefix(options.resultBytes), as: UTF8.self)
        return "\(kept)\n… cut: the result has \(text.utf8.count) bytes, \(options.resultBytes) are shown."
    }

    private func explained(_ failure: ToolFailure, _ tool: Tool) -> String {
        switch failure.kind {
        case .invalidInput:
            let schema = tool.inputSchema.map { "\nThe tool's schema: \($0.serialized())" } ?? ""
            return "Error: \(failure.message)\(schema)"
        case .transient: return "Error: \(failure.message) It may work when tried again."
        case .permanent, .policy, .cancelled: return "Error: \(failure.message)"
        }
    }

    /// Tools of a skill that are named where somebody asks for another one.
    private static let namedTools = 40

    private func unknownTool(_ name: String) async -> String {
        if loaded[name] != nil {
            return "Error: '\(name)' is a loaded skill, not a tool; call one of its tools."
        }
        let owners = await owners(of: name)
        if let (skill, tool) = owners.first {
            guard !owners.contains(where: { $0.skill.tool(named: $0.tool) != nil }) else {
                return "Error: the skill of '\(name)' is not loaded; call load_skill first, or use call_tool."
            }
            let tools = skill.tools.map(\.name)
            let shown =
                tools.prefix(Self.namedTools).joined(separator: ", ") + (tools.count > Self.namedTools ? ", …" : "")
            return "Error: the skill '\(skill.id)' has no tool '\(tool)'.\(NearestNames.hint(tool, among: tools))"
                + (tools.isEmpty ? " It has none." : " Its tools: \(shown).")
        }
        if (try? await skill(named: name)) != nil {
            return "Error: '\(name)' is a skill, not a tool; load it with load_skill, then call its tools."
        }
        let active = activeTools.map(\.name)
        return "Error: there is no tool '\(name)'.\(NearestNames.hint(name, among: active)) Is its skill loaded?"
    }

    private func described(_ found: [SkillRetrieval.Candidate]) async throws(SessionError) -> String {
        var lines: [String] = []
        for candidate in found {
            let skill = try await skill(named: candidate.skill)
            let tool = candidate.tool.map { " (\($0))" } ?? ""
            let mark = loaded[skill.id] == nil ? "" : MenuLine.loadedMark
            lines.append("- \(skill.id)\(tool): \(MenuLine.sentence(skill.description))\(mark)")
        }
        guard !lines.isEmpty else { return "No skill fits." }
        return "Skills that fit (\(AuthorsWords.notice)):\n" + lines.joined(separator: "\n")
    }
}

extension DispatchOutcome {
    /// What the session itself has to say.
    fileprivate init(said text: String) { self.init(text: text, value: .string(text)) }
}
