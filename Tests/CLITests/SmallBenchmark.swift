import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

/// A made-up library with requests, tasks and retrieval queries that every honest system gets right.
struct SmallBenchmark {
    let folder: String

    var compskill: [String] { ["--library", "\(folder)/library.jsonl", "--queries", "\(folder)/queries.jsonl"] }
    var tasks: [String] { ["--tools", "\(folder)/set.tools.jsonl", "--queries", "\(folder)/set.queries.jsonl"] }
    var retrieval: [String] { ["--library", "\(folder)/library.jsonl", "--queries", "\(folder)/cross.jsonl"] }

    private static let files = [
        "library.jsonl": """
        {"id":"post","name":"post","description":"Send e-mail messages to people","category":"mail"}
        {"id":"plot","name":"plot","description":"Draw charts and diagrams from tables of numbers","category":"charts"}
        {"id":"maps","name":"maps","description":"Find places and routes on a map","category":"maps"}

        """,
        "queries.jsonl": """
        {"id":"q1","query":"First draw a chart of the numbers, then send an e-mail message.","difficulty":"easy",\
        "steps":["draw a chart of the numbers","send an e-mail message"],"categories":["charts","mail"],"hidden_steps":[]}
        {"id":"q2","query":"Find a route on the map, then send it in an e-mail message.","difficulty":"easy",\
        "steps":["find a route on the map","send it in an e-mail message"],"categories":["maps","mail"],"hidden_steps":[]}

        """,
        "set.tools.jsonl": """
        {"id":"t/find_route","name":"find_route","description":"Find a route on a map","inputs":[],\
        "outputs":[{"name":"route","type":"string"}]}
        {"id":"t/send_mail","name":"send_mail","description":"Send an e-mail message",\
        "inputs":[{"name":"route","type":"string","required":true}],"outputs":[]}

        """,
        "set.queries.jsonl": """
        {"id":"t1","query":"Find a route on the map, then send an e-mail message with the route.",\
        "steps":["find a route on the map","send an e-mail message with the route"],"tools":["t/find_route","t/send_mail"],\
        "edges":[[0,1]],"aligned":true,"steps_from":"gold","edge_kind":"annotated","source":"made up"}
        {"id":"t2","query":"Find the route to the station, then send it in an e-mail message.",\
        "steps":["Find a route on a map","Send an e-mail message"],"tools":["t/find_route","t/send_mail"],\
        "edges":[[0,1]],"aligned":true,"steps_from":"tool","edge_kind":"data","source":"made up"}

        """,
        "cross.jsonl": """
        {"id":"x1","query":"charts from tables of numbers","gold":["plot"]}
        {"id":"x2","query":"places and routes on a map","gold":["maps"]}

        """,
    ]

    init(folder: String) throws {
        self.folder = folder
        for (name, content) in Self.files { try write(content, to: "\(folder)/\(name)") }
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(folder)/\(name)"), encoding: .utf8)
    }

    /// The same files, laid out as `bench all` expects them.
    func asDataFolder() throws -> String {
        let places = [
            "library.jsonl": "library/mcp-servers-2026-05.jsonl", "queries.jsonl": "compskillbench/queries.jsonl",
            "set.tools.jsonl": "tasks/set.tools.jsonl", "set.queries.jsonl": "tasks/set.queries.jsonl",
            "cross.jsonl": "retrieval/cross.jsonl",
        ]
        for (name, place) in places { try write(try read(name), to: "\(folder)/data/\(place)") }
        return "\(folder)/data"
    }

    /// Answers every prompt of a file with the right steps, as a model of that name.
    func answer(_ prompts: String, into answers: String) throws {
        let steps = [
            "q1": #"["draw a chart of the numbers", "send an e-mail message"]"#,
            "q2": #"["find a route on the map", "send an e-mail message"]"#,
        ]
        let lines = try String(contentsOf: URL(filePath: prompts), encoding: .utf8).split(separator: "\n")
        let replies = try lines.map { line -> String in
            let prompt = try JSONParser.parse(String(line))
            let id = try #require(prompt["id"]?.stringValue)
            let reply: JSONValue = [
                "id": .string(id), "round": prompt["round"] ?? 0, "text": .string(steps[id] ?? ""),
                "model": "scripted-7b", "usage": ["prompt_tokens": 100, "completion_tokens": 20],
            ]
            return reply.serialized() + "\n"
        }
        try write(replies.joined(), to: answers)
    }
}

/// Runs a body with the program, an empty home and the made-up benchmark.
func withBenchmark(_ body: (SkillWeaverCommand, SmallBenchmark) async throws -> Void) async throws {
    try await withSkillWeaver { skillweaver, folder in
        try await body(skillweaver, try SmallBenchmark(folder: folder))
    }
}

extension SkillWeaverCommand.Outcome {
    /// The figures over all requests of the first run.
    func metrics() throws -> JSONObject {
        let run = try #require(try json["runs"]?.arrayValue?.first)
        return try #require(run["slices"]?["all"]?["metrics"]?.objectValue)
    }
}
