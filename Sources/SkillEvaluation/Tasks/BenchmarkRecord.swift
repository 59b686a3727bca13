/// One line of a benchmark's file.
package protocol BenchmarkRecord: Sendable, Identifiable where ID == String {
    /// Reads the record strictly; a fault names the member that is wrong.
    init(_ fields: RecordFields) throws(DataFault)

    /// What is odd about a record that can still be scored.
    func findings(against library: LabelledLibrary?) -> [DataFinding.Observation]
}

/// The records of a file, and what was noticed while reading them.
package struct LoadedRecords<Record: BenchmarkRecord>: Sendable {
    /// In the order of the file. Of two records with one id only the first is here; the report counts the other.
    package let records: [Record]
    package let report: DataReport
    /// Changes whenever a byte of the file does; part of a run's configuration.
    package let fingerprint: Fingerprint

    /// Reads and checks a whole file before any work.
    ///
    /// - Parameter library: What gold tools, skills and categories are looked up in; nil skips those checks.
    /// - Throws: The fault of the first malformed line.
    package init(file: String, library: LabelledLibrary? = nil) throws(DataFault) {
        let lines = try JSONLines(file: file)
        var records: [Record] = []
        var report = DataReport(file: file)
        var firstLines: [String: Int] = [:]
        for fields in lines.records {
            let record = try Record(fields)
            report.recordCount += 1
            if let first = firstLines[record.id] {
                let detail = "line \(first) has the same id; this record is left out"
                report.add(.init(.duplicateID, detail), id: record.id, line: fields.line)
                continue
            }
            firstLines[record.id] = fields.line ?? 0
            for observation in record.findings(against: library) {
                report.add(observation, id: record.id, line: fields.line)
            }
            records.append(record)
        }
        guard !records.isEmpty else { throw DataFault(.malformed, file: file, "holds no record") }
        self.records = records
        self.report = report
        fingerprint = lines.fingerprint
    }
}

extension LoadedRecords<LabelledLibrary.Entry> {
    /// The records as a library to look things up in.
    package var library: LabelledLibrary { LabelledLibrary(records) }
}
