import Storage

/// A request with its gold steps, whatever set it comes from.
package struct LabelledRequest: Sendable, Hashable {
    package let set: String
    package let id: String
    package let query: String
    package let steps: [String]
    /// The tool of each step where the set says it, to judge the wording of steps by.
    package let tools: [String]?
    /// Whether the steps are known to come in the order of the request.
    package let isOrdered: Bool
    /// Whether step texts were written for this request.
    package let hasWrittenSteps: Bool
}

/// One set of requests with gold steps.
package struct LabelledSet: Sendable {
    package let name: String
    package let requests: [LabelledRequest]
    /// The set's tools; nil where it has none of its own.
    package let toolFile: String?

    /// Reads the sets of a data folder: `tasks/*.queries.jsonl`, and `compskillbench/queries.jsonl` where it exists.
    ///
    /// - Throws: The fault of the first malformed line.
    package static func all(in folder: String) throws(DataFault) -> [LabelledSet] {
        var sets: [LabelledSet] = []
        let suffix = ".queries.jsonl"
        for file in FileSystem.contents(of: "\(folder)/tasks").sorted() where file.hasSuffix(suffix) {
            let stem = String(file.dropLast(suffix.count))
            let records = try LoadedRecords<GoldTask>(file: "\(folder)/tasks/\(file)").records
            let tools = "\(folder)/tasks/\(stem).tools.jsonl"
            sets.append(
                LabelledSet(
                    name: stem,
                    requests: records.map { LabelledRequest($0, set: stem) },
                    toolFile: FileSystem.exists(tools) ? tools : nil
                )
            )
        }
        let compskill = "\(folder)/compskillbench/queries.jsonl"
        if FileSystem.exists(compskill) {
            let records = try LoadedRecords<CompSkillQuery>(file: compskill).records
            let requests = records.map { LabelledRequest($0, set: "compskillbench") }
            sets.append(LabelledSet(name: "compskillbench", requests: requests, toolFile: nil))
        }
        guard !sets.isEmpty else {
            throw DataFault(.missing, file: folder, "holds neither tasks/*.queries.jsonl nor compskillbench/")
        }
        return sets
    }
}

extension LabelledRequest {
    init(_ task: GoldTask, set: String) {
        self.init(
            set: set,
            id: task.id,
            query: task.query,
            steps: task.steps,
            tools: task.stepToolPairs?.map(\.tool),
            isOrdered: task.edges != nil,
            hasWrittenSteps: task.stepOrigin == .gold
        )
    }

    init(_ query: CompSkillQuery, set: String) {
        self.init(
            set: set,
            id: query.id,
            query: query.query,
            steps: query.steps,
            tools: nil,
            isOrdered: true,
            hasWrittenSteps: true
        )
    }
}
