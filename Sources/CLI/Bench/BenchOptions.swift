package import CommandLineInterface
package import SkillEvaluation
import SkillWeaver
import Storage

/// Options that several benchmarks share.
enum BenchOptions {
    static let library = Option<String>("library", value: "FILE", as: .file, "Library with labels, JSONL.")
    static let queries = Option<String>(
        "queries",
        value: "FILE",
        as: .file,
        "Requests with gold answers, JSONL."
    )
    static let encoder = EncoderOptions.encoder
    static let out = Option<String?>(
        "out",
        short: "o",
        value: "FILE",
        as: .file,
        "Keep a record of each request here (JSONL), and the figures beside it (.results.json)."
    )
    static let restart = Flag("restart", "Begin anew where --out already holds records, instead of going on.")
    static let compose = Flag(
        "compose",
        isNegatable: true,
        default: true,
        "Compose plans, and judge the skills before and after."
    )
}

extension CommandContext {
    /// The encoder and the cache that a benchmark works with.
    func workbench(_ values: ParsedValues) async throws -> EvaluationWorkbench {
        try await EvaluationWorkbench(options: try routerOptions(values))
    }

    /// Says what is odd about data that can be used all the same.
    func show(_ reports: [DataReport]) {
        let warnings = reports.flatMap(\.warnings)
        for warning in warnings.prefix(20) { console.warn(warning) }
        if warnings.count > 20 {
            console.note("… and \(warnings.count - 20) more; the figures' data section counts them")
        }
    }
}

extension DataFault: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("data-\(kind.rawValue)", description) }
}
