import Glibc
import JSONSchema

/// One system on one set, read and checked, ready to be run: alone, or among others.
package struct BenchmarkRun: Sendable {
    typealias Evaluate = @Sendable (ResumedRun) async throws -> [QueryRecord]

    package let identity: ResultSummary.Identity
    package let configuration: RunConfiguration
    package let report: DataReport
    package let requestCount: Int
    private let evaluate: Evaluate

    init(
        _ identity: ResultSummary.Identity,
        configuration: JSONObject,
        report: DataReport,
        requestCount: Int,
        evaluate: @escaping Evaluate
    ) {
        self.identity = identity
        self.configuration = RunConfiguration(
            JSONObject(
                [
                    ("benchmark", .string(identity.benchmark.rawValue)), ("data_set", .string(identity.dataSet)),
                    ("system", .string(identity.system.rawValue)), ("variant", .string(identity.variant)),
                ] + configuration.map { ($0.key, $0.value) }
            )
        )
        self.report = report
        self.requestCount = requestCount
        self.evaluate = evaluate
    }

    /// A file name for its records: `compskill-compskillbench-local.jsonl`.
    package var fileName: String {
        let parts = [
            identity.benchmark.rawValue, identity.dataSet, identity.system.rawValue, identity.variant,
        ]
        let words = parts.filter { !$0.isEmpty }.joined(separator: "-").lowercased()
        return String(words.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" }) + ".jsonl"
    }

    /// Makes the records that an earlier, interrupted run has not made, and reduces all of them to figures.
    ///
    /// - Parameters:
    ///   - file: Where the records are kept; nil for nowhere.
    ///   - progress: Called with how many requests of this run are done.
    /// - Throws: `DataFault` of kind `conflict` where the file belongs to another configuration or another build of the
    ///   program, and `CancellationError`.
    package func execute(
        recordFile file: String? = nil,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> ResultSummary {
        var log: RecordLog?
        if let file {
            // A changed program may give other figures: its records and earlier ones must not be mixed.
            var members = configuration.members
            members["build"] = .string(ProgramBuild.fingerprint)
            log = try RecordLog(file: file, configuration: RunConfiguration(members))
        }
        let records = try await evaluate(ResumedRun(log: log, progress: progress))
        return ResultSummary(identity, configuration: configuration, records: records, data: report)
    }
}

/// Which build of the program this is.
enum ProgramBuild {
    /// Changes whenever the program is built differently; of its file's size and time of change.
    static let fingerprint: String = {
        var information = stat()
        guard stat("/proc/self/exe", &information) == 0 else { return "unknown" }
        let time = information.st_mtim
        return "\(Fingerprint(of: "\(information.st_size) \(time.tv_sec) \(time.tv_nsec)"))"
    }()
}
