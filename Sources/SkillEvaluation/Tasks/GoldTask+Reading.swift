import JSONSchema

extension GoldTask: BenchmarkRecord {
    package init(_ fields: RecordFields) throws(DataFault) {
        let steps = try fields.texts("steps")
        let tools = try fields.texts("tools")
        guard !steps.isEmpty else { throw fields.fault("steps", mustBe: "a list with at least one step") }
        let isAligned = try fields.flag("aligned")
        if isAligned, steps.count != tools.count {
            throw fields.fault("tools", mustBe: "as long as \"steps\" (\(steps.count)), because the task is aligned")
        }
        self.init(
            id: try fields.text("id"),
            query: try fields.text("query"),
            steps: steps,
            tools: tools,
            edges: try Self.edges(fields, steps: steps.count),
            isAligned: isAligned,
            stepOrigin: try fields.word("steps_from"),
            source: try fields.text("source"),
            arguments: try Self.arguments(fields, tools: tools.count)
        )
    }

    private static func edges(_ fields: RecordFields, steps: Int) throws(DataFault) -> GoldEdges? {
        guard fields.has("edges") else {
            guard !fields.has("edge_kind") else { throw fields.fault("edge_kind", mustBe: "null, as \"edges\" is") }
            return nil
        }
        let kind: GoldEdges.Kind = try fields.word("edge_kind")
        var edges: [StepEdge] = []
        for pair in fields.object["edges"]?.arrayValue ?? [.null] {
            let ends = (pair.arrayValue ?? []).compactMap { $0.intValue }.filter { (0..<steps).contains($0) }
            guard pair.arrayValue?.count == 2, ends.count == 2, ends[0] != ends[1] else {
                throw fields.fault("edges", mustBe: "null or a list of [i, j] with different i and j below \(steps)")
            }
            edges.append(StepEdge(ends[0], ends[1]))
        }
        guard Set(edges).count == edges.count else { throw fields.fault("edges", mustBe: "without repetition") }
        return GoldEdges(kind, edges)
    }

    private static func arguments(_ fields: RecordFields, tools: Int) throws(DataFault) -> [JSONObject]? {
        guard fields.has("meta") else { return nil }
        let meta = try fields.fields("meta")
        guard meta.has("arguments") else { return nil }
        let arguments = try meta.list("arguments").map(\.object)
        guard arguments.count == tools else {
            throw meta.fault("arguments", mustBe: "as long as \"tools\" (\(tools))")
        }
        return arguments
    }

    package func findings(against library: LabelledLibrary?) -> [DataFinding.Observation] {
        var found: [DataFinding.Observation] = []
        if let library {
            for tool in Set(tools).sorted() where !library.contains(tool) {
                found.append(.init(.goldNotInLibrary, "the gold tool '\(tool)' is not in the library"))
            }
        }
        if let edges, !StepGraph(steps: steps.count, edges: edges.edges).isAcyclic {
            found.append(.init(.cyclicEdges, "the gold edges form a cycle"))
        }
        return found
    }
}
