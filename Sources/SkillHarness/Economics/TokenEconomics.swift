public import JSONSchema
public import LanguageModels
public import SkillCatalog

/// What a library costs in tokens, by how its skills are put before a model.
public struct TokenEconomics: Sendable, Hashable {
    /// One way, and the tokens of each prompt.
    public struct Strategy: Sendable, Hashable {
        public enum Name: String, Sendable, Hashable, CaseIterable {
            /// All tools of all skills, always.
            case upfront
            /// The menu and the session's own tools; nothing is loaded.
            case menu
            /// The menu, the session's own tools, and the skills that were loaded for the request.
            case routed
        }

        public var name: Name
        public var tokens: Int
        public var source: TokenUsage.Source
    }

    public var skills: Int
    public var tools: Int
    /// Skills that are loaded in the routed strategy.
    public var loaded: Int
    public var strategies: [Strategy]

    /// The share of upfront tokens that routing avoids, 0…1; negative where the library is too small for it.
    public var saved: Double {
        let (upfront, routed) = (tokens(.upfront), tokens(.routed))
        return upfront == 0 ? 0 : 1 - Double(routed) / Double(upfront)
    }

    /// Tokens of one prompt.
    public func tokens(_ name: Strategy.Name) -> Int { strategies.first { $0.name == name }?.tokens ?? 0 }

    public var json: JSONValue {
        [
            "strategies": .array(
                strategies.map {
                    [
                        "name": .string($0.name.rawValue), "tokens": JSONValue($0.tokens),
                        "source": .string($0.source.rawValue),
                    ]
                }
            ),
            "saved": .number((saved * 10_000).rounded() / 10_000),
            "skills": JSONValue(skills), "tools": JSONValue(tools), "loaded": JSONValue(loaded),
        ]
    }
}

/// The figures that the text on the skill system gives; published there, not measured here.
public enum PublishedEconomics {
    public static let skills = 8
    public static let tools = 60
    public static let upfront = 12_000
    public static let menu = 150
    public static let routed = 2_550
    public static let saved = 0.78
}

/// Counts what a library costs.
public struct TokenAudit: Sendable {
    private let counter: any TokenCounter
    private let options: SessionOptions

    public init(counter: any TokenCounter, options: SessionOptions = SessionOptions()) {
        self.counter = counter
        self.options = options
    }

    /// - Parameters:
    ///   - library: every skill of it is read.
    ///   - loaded: ids of the skills that a request needs; nil for two of average cost, as in the published example.
    public func economics(of library: any SkillInventory, loaded: [String]? = nil) async throws -> TokenEconomics {
        var (upfront, tools, loadedCosts, allCosts) = (0, 0, [Int](), 0)
        var lines: [MenuLine] = []
        let overview = try await library.overview()
        for entry in overview {
            guard let skill = try await library.skill(entry.id) else { continue }
            lines.append(MenuLine(id: skill.id, description: skill.description, count: counter.count))
            let schemas = schemaTokens(of: skill)
            let shown =
                skill.tools.count <= options.fullTools ? schemas : schemas * options.fullTools / skill.tools.count
            let cost = counter.count(skill.document) + shown
            tools += max(1, skill.tools.count)
            upfront += schemas
            allCosts += cost
            if loaded?.contains(skill.id) == true { loadedCosts.append(cost) }
        }
        let menu = SkillMenu(lines, loaded: [], budget: options.menuTokens, count: counter.count)
        let meta = MetaTool.allCases.reduce(0) { $0 + counter.count($1.chatTool.json.serialized()) }
        let average = 2 * allCosts / max(1, overview.count)
        let routed = loaded == nil ? average : loadedCosts.reduce(0, +)
        let figures: [(TokenEconomics.Strategy.Name, Int)] = [
            (.upfront, upfront), (.menu, menu.tokens + meta), (.routed, menu.tokens + meta + routed),
        ]
        return TokenEconomics(
            skills: overview.count,
            tools: tools,
            loaded: loaded?.count ?? 2,
            strategies: figures.map { .init(name: $0.0, tokens: $0.1, source: counter.source) }
        )
    }

    /// What the schemas of all tools take; a skill that lists none counts as one tool with its description.
    private func schemaTokens(of skill: Skill) -> Int {
        let tools = skill.tools.isEmpty ? [Tool(name: skill.name, description: skill.description)] : skill.tools
        return tools.reduce(0) { $0 + counter.count(ToolSchema.chatTool($1, name: $1.name).json.serialized()) }
    }
}
