package import JSONSchema

/// Everything odd about a benchmark's file that did not stop the evaluation, counted and listed.
package struct DataReport: Sendable, Hashable {
    package let file: String
    /// Records in the file, duplicates included.
    package internal(set) var recordCount = 0
    /// In the order of the file.
    package private(set) var findings: [DataFinding] = []

    package init(file: String) { self.file = file }

    mutating func add(_ observation: DataFinding.Observation, id: String, line: Int?) {
        findings.append(DataFinding(kind: observation.kind, id: id, line: line, detail: observation.detail))
    }

    package func count(of kind: DataFinding.Kind) -> Int {
        findings.count { $0.kind == kind }
    }

    /// Findings a person should look at, in the form editors can jump to; hidden steps are part of the design.
    package var warnings: [String] {
        findings.filter { $0.kind != .hiddenSteps }
            .map { "\(file):\($0.line ?? 0): \($0.id): \($0.detail) [\($0.kind.rawValue)]" }
    }

    /// `{"records": n, "duplicate_id": n, …}` with only the kinds that occur.
    package var json: JSONObject {
        var object: JSONObject = ["records": JSONValue(recordCount)]
        for kind in DataFinding.Kind.allCases where count(of: kind) > 0 {
            object[kind.rawValue] = JSONValue(count(of: kind))
        }
        return object
    }
}

/// One thing that is odd about one record.
package struct DataFinding: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An earlier record has the same id; the later is left out.
        case duplicateID = "duplicate_id"
        /// A gold category that no skill of the library has; every prediction of it is a miss.
        case unknownCategory = "unknown_category"
        /// A gold tool or skill that the library lacks; it cannot be found, and counts as missed.
        case goldNotInLibrary = "gold_not_in_library"
        /// Gold edges that no order of the steps satisfies; they are scored as written.
        case cyclicEdges = "cyclic_edges"
        /// Gold steps that the text of the request does not contain.
        case hiddenSteps = "hidden_steps"
    }

    /// A finding before it is known where.
    package struct Observation: Sendable, Hashable {
        let kind: Kind
        let detail: String

        init(_ kind: Kind, _ detail: String) {
            self.kind = kind
            self.detail = detail
        }
    }

    package let kind: Kind
    package let id: String
    /// Line in the file, from 1.
    package let line: Int?
    package let detail: String
}
