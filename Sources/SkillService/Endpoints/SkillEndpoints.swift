import HTTPTransport
import JSONSchema
import LanguageModels
import ModelContextProtocol
import SkillCatalog
import SkillHarness
import SkillRetrieval
import SkillRouting

/// The skills of a library, one by one, and what they cost.
enum SkillEndpoints {
    static func all(_ libraries: ServedLibraries) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/v1/skills",
                operation: "listSkills",
                summary: "The skills of a library, page by page.",
                tag: "skills",
                scope: .library,
                parameters: [
                    .library,
                    .init(name: "limit", schema: Shapes.integer(1...500, standard: 100), summary: "Skills of a page."),
                    .init(name: "cursor", schema: Shapes.text(1...20), summary: "`next` of the page before."),
                ],
                answers: [.init(status: 200, summary: "A page.", shape: .skillPage)],
                problems: [404]
            ) { call in try await list(call, libraries) },
            Endpoint(
                method: .get,
                path: "/v1/menu",
                operation: "getMenu",
                summary: "What a model reads of a library before it loads any skill.",
                tag: "skills",
                scope: .library,
                parameters: [
                    .library,
                    .init(
                        name: "budget",
                        schema: Shapes.integer(100...1_000_000, standard: 2_000),
                        summary: "Most tokens it may take."
                    ),
                ],
                answers: [.init(status: 200, summary: "The menu.", shape: .menu)],
                problems: [404],
                isHeavy: true
            ) { call in
                let library = try libraries.library(call.text("library"))
                let menu = try await SkillMenu.of(
                    library.inventory,
                    budget: call.number("budget") ?? 2_000,
                    counter: library.counter
                )
                return .json([
                    "text": .string(menu.text), "tokens": JSONValue(menu.tokens), "shown": JSONValue(menu.shown),
                    "omitted": JSONValue(menu.omitted),
                ])
            },
            Endpoint(
                method: .get,
                path: "/v1/skills/{skill}",
                operation: "getSkill",
                summary: "One skill with its document and its tools.",
                tag: "skills",
                scope: .library,
                parameters: [.library],
                answers: [.init(status: 200, summary: "The skill.", shape: .skill)],
                problems: [404]
            ) { call in try await show(call, libraries) },
            Endpoint(
                method: .get,
                path: "/v1/tokens",
                operation: "getTokenCosts",
                summary: "What a library costs in tokens, by how its skills are put before a model.",
                tag: "skills",
                scope: .library,
                parameters: [.library],
                answers: [.init(status: 200, summary: "The costs of each way.", shape: .tokenCosts)],
                problems: [404],
                isHeavy: true
            ) { call in
                let library = try libraries.library(call.text("library"))
                return .json(try await TokenAudit(counter: library.counter).economics(of: library.inventory).json)
            },
            Endpoint(
                method: .post,
                path: "/v1/validate",
                operation: "validateSkill",
                summary: "Checks the files of a skill against the rules of the format; nothing of them is kept or run.",
                tag: "skills",
                scope: .library,
                body: .init(schema: .skillFiles),
                answers: [.init(status: 200, summary: "What is wrong.", shape: .validation)]
            ) { call in try await SkillCheck.reply(call) },
        ]
    }

    static func json(_ tool: SkillCatalog.Tool) -> JSONValue {
        var members: JSONObject = [
            "name": .string(tool.name), "description": .string(tool.description),
            "input_schema": tool.inputSchema.flatMap { $0.objectValue == nil ? nil : $0 } ?? ["type": "object"],
            "read_only": .bool(tool.annotations.isReadOnly), "destructive": .bool(tool.annotations.isDestructive),
        ]
        if let schema = tool.outputSchema, schema.objectValue != nil { members["output_schema"] = schema }
        return .object(members)
    }

    private static func list(_ call: ServiceCall, _ libraries: ServedLibraries) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        let all = try await library.inventory.overview()
        let start = call.text("cursor").map { Int($0) ?? -1 } ?? 0
        guard (0...all.count).contains(start) else {
            throw ServiceProblem.badInput("that cursor is none of this list; begin again without one")
        }
        let end = min(start + (call.number("limit") ?? 100), all.count)
        return .json([
            "library": .string(library.name),
            "skills": .array(
                all[start..<end].map { skill in
                    [
                        "id": .string(skill.id), "name": .string(skill.name),
                        "description": .string(skill.description), "source": .string(skill.source),
                        "tools": JSONValue(skill.toolCount),
                    ]
                }
            ),
            "total": JSONValue(all.count), "next": end < all.count ? .string(String(end)) : .null,
        ])
    }

    private static func show(_ call: ServiceCall, _ libraries: ServedLibraries) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        let id = call.place("skill")
        guard let skill = try await library.router.skill(id) else {
            let nearest = NearestNames.hint(id, among: try await library.inventory.overview().map(\.id))
            throw ServiceProblem(
                404,
                "unknown-skill",
                "the library '\(library.name)' has no skill '\(Excerpt.of(id))'",
                hint: nearest.isEmpty ? nil : nearest.trimmed
            )
        }
        let cost = SkillCost(skill, counter: library.counter)
        var members: JSONObject = [
            "id": .string(skill.id), "name": .string(skill.name), "description": .string(skill.description),
            "document": .string(skill.document), "tools": .array(skill.tools.map(json)),
            "source": .string(skill.origin.source), "tags": JSONValue(skill.tags),
        ]
        var origin: JSONObject = ["file": .string(ShownPlace.of(skill.origin.file))]
        origin["line"] = skill.origin.line.map { JSONValue($0) }
        members["origin"] = .object(origin)
        members["url"] = skill.url.map { .string(ShownPlace.of($0)) }
        members["license"] = skill.license.map(JSONValue.string)
        members["compatibility"] = skill.compatibility.map(JSONValue.string)
        members["category"] = skill.category.map(JSONValue.string)
        members["tokens"] = [
            "document": JSONValue(cost.document), "schemas": JSONValue(cost.schemas),
            "menu_line": JSONValue(cost.menuLine), "source": .string(library.counter.source.rawValue),
        ]
        return .json(.object(members))
    }
}

extension String {
    fileprivate var trimmed: String { String(drop(while: \.isWhitespace)) }
}
