package import JSONSchema

/// The content of a `results.json`: every run of a benchmark, and the machine it ran on.
package struct BenchmarkResults: Sendable, Hashable {
    static let format = "skillweaver-results"
    static let version = 1

    /// What the machine and the versions were, in the caller's words.
    package var environment: JSONObject
    /// In the order they were added; each identity once.
    package private(set) var runs: [ResultSummary]

    package init(environment: JSONObject = [:], runs: [ResultSummary] = []) {
        self.environment = environment
        self.runs = []
        for run in runs { add(run) }
    }

    /// Adds a run, in the place of an earlier one with its identity.
    package mutating func add(_ run: ResultSummary) {
        if let place = runs.firstIndex(where: { $0.identity == run.identity }) {
            runs[place] = run
        } else {
            runs.append(run)
        }
    }

    /// Reads a results file.
    package init(file: String) throws(DataFault) {
        let text = try DataFile.readText(file)
        let value: JSONValue
        do {
            value = try JSONParser.parse(text)
        } catch {
            throw DataFault(.malformed, file: file, line: error.line, "invalid JSON: \(error.reason)")
        }
        guard let object = value.objectValue else { throw DataFault(.malformed, file: file, "holds no JSON object") }
        try self.init(RecordFields(object, file: file))
    }

    /// Writes the file in one step.
    package func write(to file: String) throws(DataFault) {
        try DataFile.replace(file, with: json.serialized(.indented) + "\n")
    }
}
