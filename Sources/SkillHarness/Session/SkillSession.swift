import JSONSchema
public import LanguageModels
public import PlanExecution
public import SkillCatalog
public import SkillRetrieval

/// One conversation's view of a library: a menu of skills, of which a few are loaded at a time.
///
/// Loading gives a skill's document and the schemas of its tools; unloading takes them back. Calls go to the tools of
/// loaded skills through the session's invoker. A session sees the library as it was when the session began.
public actor SkillSession {
    let library: SessionLibrary
    let invoker: any ToolInvoker
    let approval: ToolApproval
    let counter: any TokenCounter
    public nonisolated let options: SessionOptions
    /// Tells this session's calls from those of all others.
    let id: String

    private let lines: [MenuLine]
    private(set) var loaded: [String: LoadedSkill] = [:]
    /// Ids of loaded skills in the order they were loaded.
    public private(set) var loadedSkills: [String] = []
    private(set) var names = WireNames(reserved: Set(MetaTool.allCases.map(\.rawValue)))
    private var uses = 0

    /// Begins a session in which nothing is loaded.
    ///
    /// - Parameters:
    ///   - invoker: makes the calls; it checks arguments and results. Closed by `close`.
    ///   - counter: counts what menu, documents and schemas cost.
    public init(
        id: String,
        library: SessionLibrary,
        invoker: any ToolInvoker,
        approval: ToolApproval = .denied,
        counter: any TokenCounter = LengthEstimate(),
        options: SessionOptions = SessionOptions()
    ) async throws {
        self.id = id
        self.library = library
        self.invoker = invoker
        self.approval = approval
        self.counter = counter
        self.options = options
        lines = try await library.inventory.overview().map { skill in
            MenuLine(id: skill.id, description: skill.description, count: counter.count)
        }
    }

    /// Ends what the session's tools keep, such as worker processes.
    public func close() async { await invoker.close() }

    /// All skills, one line each, as far as the budget for the menu goes.
    public func menu() -> SkillMenu {
        SkillMenu(lines, loaded: Set(loadedSkills), budget: options.menuTokens, count: counter.count)
    }

    /// Skills that fit a text, best first.
    public func search(_ text: String, top: Int = 10) async throws(SessionError) -> [Candidate] {
        do {
            return try await library.search(text, top: top)
        } catch {
            throw SessionError(.libraryFailed, "the library cannot be searched now: \(error)")
        }
    }

    /// Loads a skill: its document and the schemas of its tools are part of the conversation from now on.
    ///
    /// Loading a loaded skill changes nothing, except that named tools get their schemas.
    /// - Parameters:
    ///   - name: id or name of the skill.
    ///   - tools: tools whose schemas are wanted in full; nil for those that fit the request, all where there are few.
    ///   - request: what the user asked for, by which tools of a large skill are chosen.
    ///   - isPinned: the skill is never unloaded to make room.
    public func load(
        _ name: String,
        tools: [String]? = nil,
        request: String = "",
        isPinned: Bool = false
    ) async throws(SessionError) -> LoadReport {
        let skill = try await skill(named: name)
        // Others may have loaded it while the library was read.
        let known = loaded[skill.id]
        var full = known.map { Set($0.fullTools) } ?? []
        if let tools {
            for tool in tools { full.insert(try toolName(tool, of: skill)) }
        } else if known == nil {
            full = Set(ToolFit.ranked(skill.tools, for: request).prefix(max(1, options.fullTools)).map(\.name))
        }
        let shown = skill.tools.filter { full.contains($0.name) }
        uses += 1
        loaded[skill.id] = LoadedSkill(
            skill: skill,
            fullTools: shown.map(\.name),
            tokens: cost(of: skill, tools: shown),
            isPinned: isPinned || known?.isPinned ?? false,
            lastUse: uses,
            runningCalls: known?.runningCalls ?? 0
        )
        if known == nil { loadedSkills.append(skill.id) }
        let wireNames = shown.map { names.assign(QualifiedTool(skill: skill.id, tool: $0.name)) }
        let added = known.map { full.count > $0.fullTools.count } ?? true
        return LoadReport(
            skill: skill,
            wasLoaded: known != nil,
            tools: wireNames,
            listedTools: added ? skill.tools.filter { !full.contains($0.name) } : [],
            unloaded: makeRoom(sparing: skill.id),
            tokens: loaded[skill.id]?.tokens ?? 0,
            remarks: known == nil ? remarks(about: skill) : []
        )
    }

    /// Unloads a skill: its tools cannot be called any more; calls on their way are finished.
    ///
    /// - Returns: false for a skill that was not loaded.
    @discardableResult
    public func unload(_ name: String) async throws(SessionError) -> Bool {
        let skill = try await skill(named: name)
        return remove(skill.id)
    }

    /// Tokens that documents and schemas of loaded skills take together.
    public var loadedTokens: Int { loaded.values.reduce(0) { $0 + $1.tokens } }

    /// A file of a loaded or unloaded skill.
    public func readFile(_ path: String, of name: String) async throws(SessionError) -> BundledFile {
        let skill = try await skill(named: name)
        guard let folder = skill.origin.folder else {
            throw SessionError(.unreadableFile, "the skill '\(skill.id)' has no folder, so it has no files")
        }
        do {
            return try BundledFile.read(path, in: folder)
        } catch {
            throw SessionError(.unreadableFile, "\(error)")
        }
    }

    /// The skill of that id or name.
    func skill(named name: String) async throws(SessionError) -> Skill {
        if let known = loaded[name]?.skill { return known }
        let found: Skill?
        let matches: [String]
        do {
            matches = try await library.inventory.ids(matching: name)
            let id = matches.contains(name) ? name : matches.count == 1 ? matches[0] : nil
            found = if let id { try await library.inventory.skill(id) } else { nil }
        } catch {
            throw SessionError(.libraryFailed, "the library cannot be read now: \(error)")
        }
        if let found { return found }
        guard matches.isEmpty else {
            throw SessionError(.unknownSkill, "several skills are called '\(name)': \(matches.joined(separator: ", "))")
        }
        throw SessionError(.unknownSkill, unknown(name))
    }

    private func unknown(_ name: String) -> String {
        for (id, skill) in loaded where skill.skill.tool(named: name) != nil {
            return "'\(name)' is a tool of the loaded skill '\(id)'; call it, it need not be loaded."
        }
        return "there is no skill '\(name)'.\(NearestNames.hint(name, among: lines.lazy.map(\.id))) "
            + "search_skills finds skills by what they do."
    }

    private func toolName(_ name: String, of skill: Skill) throws(SessionError) -> String {
        if skill.tool(named: name) != nil { return name }
        if let tool = names.tool(named: name), tool.skill == skill.id { return tool.tool }
        if name.hasPrefix("\(skill.id)."), skill.tool(named: String(name.dropFirst(skill.id.count + 1))) != nil {
            return String(name.dropFirst(skill.id.count + 1))
        }
        let all = skill.tools.map(\.name)
        throw SessionError(
            .unknownTool,
            "the skill '\(skill.id)' has no tool '\(name)'.\(NearestNames.hint(name, among: all)) It has: "
                + all.joined(separator: ", ")
        )
    }

    private func cost(of skill: Skill, tools: [Tool]) -> Int {
        counter.count(skill.document)
            + tools.reduce(0) { $0 + counter.count(ToolSchema.chatTool($1, name: $1.name).json.serialized()) }
    }

    /// Unloads what was not used for longest until all fits; pinned skills and those at work stay.
    private func makeRoom(sparing id: String) -> [String] {
        var gone: [String] = []
        while loadedTokens > options.loadedTokens {
            let idle = loaded.filter { $0.key != id && !$0.value.isPinned && $0.value.runningCalls == 0 }
            guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse })?.key else { break }
            remove(oldest)
            gone.append(oldest)
        }
        return gone
    }

    @discardableResult
    private func remove(_ id: String) -> Bool {
        guard loaded.removeValue(forKey: id) != nil else { return false }
        loadedSkills.removeAll { $0 == id }
        names.remove(skill: id)
        return true
    }

    private func remarks(about skill: Skill) -> [String] {
        var remarks: [String] = []
        if skill.document.isEmpty {
            remarks.append("Note: the skill has no document; only its tools' descriptions say how to use it.")
        }
        if skill.tools.count > options.fullTools {
            remarks.append(
                "Note: the skill has \(skill.tools.count) tools; \(options.fullTools) that fit are given in full, "
                    + "the others by name."
            )
        }
        if skill.tools.contains(where: { $0.name == skill.id || $0.name == skill.name }) {
            remarks.append("Note: a tool of the skill is called like the skill itself; the name means the tool.")
        }
        return remarks
    }

    // MARK: - Uses

    /// A call begins: the skill counts as used and is not unloaded to make room.
    func beginCall(of id: String) {
        uses += 1
        loaded[id]?.lastUse = uses
        loaded[id]?.runningCalls += 1
    }

    func endCall(of id: String) { loaded[id]?.runningCalls -= 1 }

    /// A number of this session that was not given before.
    func nextUse() -> Int {
        uses += 1
        return uses
    }
}

extension SkillSession {
    /// The loaded skills in the order of loading.
    var loadedInOrder: [Skill] { loadedSkills.compactMap { loaded[$0]?.skill } }
}
