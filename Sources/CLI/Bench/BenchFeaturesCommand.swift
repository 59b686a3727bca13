import CommandLineInterface
import SkillEvaluation
import SkillWeaver
import Storage
import TaskDecomposition

/// `skillweaver bench features`
struct BenchFeaturesCommand: CommandDefinition {
    let name = "features"
    let summary = "Write what the local decomposer sees of each labelled request, to train it on."
    let discussion = """
        Into FILE goes one JSON line a request, with the segments that are heads of its gold steps; into FILE.f32 one row \
        of features a segment, as 32-bit little-endian numbers. \
        'make train-decomposer' reads both.
        """
    let examples = [
        CommandExample(
            "Everything",
            "skillweaver bench features --data ../shared/data --out .build/train/full.jsonl --lexicon-dropout 1"
        )
    ]

    let data = Option<String>("data", value: "DIR", as: .folder, "Folder with the sets.")
    let out = Option<String>("out", short: "o", value: "FILE", as: .file, "File for the features.")
    let dropouts = Option<Int>(
        "lexicon-dropout",
        value: "N",
        as: .integer(in: 0...8),
        default: 0,
        "Add N copies of each request, read with half of the verbs hidden; the seeds are 1 to N."
    )

    var parameters: [any ParameterDeclaration] { [data, out, dropouts, BenchOptions.encoder] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let requests = try LabelledSet.all(in: values[data]).flatMap(\.requests)
        let workbench = try await context.workbench(values)
        let source = HeadTrainingData(embedder: workbench.embedder, dropouts: values[dropouts])
        let file = FileSystem.absolute(values[out])
        var lines = ""
        var numbers: [UInt8] = []
        for start in stride(from: 0, to: requests.count, by: HeadTrainingData.chunk) {
            try Task.checkCancellation()
            let chunk = requests[start..<min(start + HeadTrainingData.chunk, requests.count)]
            for record in try await source.records(Array(chunk)) {
                lines += record.line + "\n"
                for value in record.rows.joined() {
                    withUnsafeBytes(of: value.bitPattern.littleEndian) { numbers.append(contentsOf: $0) }
                }
            }
        }
        try DataFile.replace(file, with: lines)
        try DataFile.replace("\(file).f32", with: numbers)
        context.console.note("\(requests.count) requests, rows of \(SegmentFeatures.count) numbers")
        return .done
    }
}
