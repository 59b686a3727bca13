import JSONSchema
import SkillCatalog
import SkillRetrieval
import TestSupport
import Testing

@testable import PlanComposition

@Suite("Edges with known tools")
struct EdgeToolTests {
    private func edges(_ marked: String, _ signatures: [IOSignature]) -> [String] {
        let request = MarkedRequest(marked)
        let reading = RequestReading(request: request.text, subtasks: request.subtasks)
        return EdgeFinder.find(reading, signatures: signatures).edges
            .map { "\($0.from + 1)>\($0.to + 1) \($0.reason.kind.rawValue)" }
    }

    @Test("follow results that a later phrase names by the tool's word")
    func outputNames() {
        let market = Samples.signature(returns: ["peak_sales_day": ["type": "string"]])
        let calendar = Samples.signature(takes: ["!day": ["type": "string"]])
        #expect(
            edges("[Analyze the sales] and [schedule a meeting on the peak sales day]", [market, calendar])
                == ["1>2 mention"]
        )
        #expect(
            edges("[Analyze the sales] and [schedule a meeting on the peak sales day]", [.unknown, calendar]).isEmpty
        )
    }

    @Test("follow an input that only an earlier result of the same name can fill")
    func sameNames() {
        let create = Samples.signature(returns: ["campaign_id": ["type": "string"]])
        let count = Samples.signature(takes: ["!campaign_id": ["type": "string"]])
        #expect(edges("[Start promoting]. [Count the clicks].", [create, count]) == ["1>2 data_flow"])
        // A value of its own makes the step independent.
        #expect(edges("[Start promoting]. [Count the clicks of 'C42'].", [create, count]).isEmpty)
    }

    @Test("follow a medium that both tools handle, within a sentence")
    func sameMedium() {
        let paint = Samples.signature(returns: ["image_path": ["type": "string"]])
        let hang = Samples.signature(takes: ["!picture_path": ["type": "string"]])
        #expect(edges("[Paint a cat] and [hang up on the wall]", [paint, hang]) == ["1>2 data_flow"])
        #expect(edges("[Paint a cat]. [Hang something on the wall].", [paint, hang]).isEmpty)
    }

    @Test("leave out what another edge implies, but keep what flows")
    func transitiveFlows() {
        let request = MarkedRequest("[Create an invoice], [mail the invoice], and [log the invoice with the mail]")
        let reading = RequestReading(request: request.text, subtasks: request.subtasks)
        let mailer = Samples.signature(returns: ["mail": ["type": "string"]])
        let found = EdgeFinder.find(reading, signatures: [.unknown, mailer, .unknown])
        #expect(found.edges.map { [$0.from, $0.to] } == [[0, 1], [1, 2]])
        #expect(found.flows.map { [$0.from, $0.to] } == [[0, 1], [0, 2], [1, 2]])
    }

    @Test(
        "on NESTFUL, gold steps given, agree with its data edges",
        .enabled(if: SharedData.path("data/tasks/nestful.queries.jsonl") != nil, SharedData.absence)
    )
    func nestful() throws {
        var hits = 0
        var found = 0
        var expected = 0
        let tools = try TaskSet.signatures("data/tasks/nestful.tools.jsonl")
        for task in try TaskSet.tasks("data/tasks/nestful.queries.jsonl") {
            let signatures = task.tools.map { tools[$0] ?? .unknown }
            let reading = RequestReading(
                request: task.query,
                subtasks: task.subtasks,
                hints: signatures.map { $0.inputs.flatMap(\.nameStems) }
            )
            let edges = Set(EdgeFinder.find(reading, signatures: signatures).edges.map { [$0.from, $0.to] })
            hits += edges.intersection(task.edges).count
            found += edges.count
            expected += task.edges.count
        }
        let f1 = 2 * Double(hits) / Double(found + expected)
        #expect(f1 >= 0.9, "precision \(hits)/\(found), recall \(hits)/\(expected)")
    }
}

/// Requests with gold steps and edges, as the data folder holds them.
enum TaskSet {
    struct Task {
        var query: String
        var subtasks: [Subtask]
        var tools: [String]
        var edges: Set<[Int]>
    }

    static func tasks(_ file: String) throws -> [Task] {
        try SharedData.lines(file).compactMap { line in
            let record = try JSONParser.parse(line)
            guard let query = record["query"]?.stringValue, let steps = record["steps"]?.arrayValue,
                let tools = record["tools"]?.arrayValue, let edges = record["edges"]?.arrayValue
            else { return nil }
            return Task(
                query: query,
                subtasks: steps.enumerated().map { Subtask(id: "s\($0 + 1)", text: $1.stringValue ?? "") },
                tools: tools.compactMap(\.stringValue),
                edges: Set(edges.compactMap { $0.arrayValue?.compactMap(\.intValue) })
            )
        }
    }

    static func signatures(_ file: String) throws -> [String: IOSignature] {
        let types = ["str": "string", "int": "integer", "float": "number", "bool": "boolean"]
        func properties(_ list: JSONValue?) -> JSONObject {
            JSONObject(
                (list?.arrayValue ?? []).compactMap { item in
                    guard let name = item["name"]?.stringValue else { return nil }
                    let type = item["type"]?.stringValue ?? "string"
                    let key = item["required"]?.boolValue == true ? "!\(name)" : name
                    return (key, ["type": .string(types[type] ?? type), "description": item["description"] ?? ""])
                }
            )
        }
        let pairs = try SharedData.lines(file).map { line in
            let record = try JSONParser.parse(line)
            return (
                record["id"]?.stringValue ?? "",
                Samples.signature(takes: properties(record["inputs"]), returns: properties(record["outputs"]))
            )
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
