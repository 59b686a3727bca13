package import CommandLineInterface
import SkillEvaluation
import SkillWeaver
import Storage
import TaskDecomposition

/// `skillweaver train decomposer`
struct TrainDecomposerCommand: CommandDefinition {
    let name = "decomposer"
    let summary = "Learn from a few requests of yours how finely they are to be divided into steps."
    let discussion = """
        Each line of --examples is a request that you divided yourself: {"request": "…", "steps": ["…", "…"]}; 10 to 20 \
        are enough. What is learned is kept only where it counts the steps of requests better that it has not seen; give \
        the file to 'route' with --granularity.
        """
    let examples = [
        CommandExample("Learn", "skillweaver train decomposer --examples mine.jsonl --out granularity.json")
    ]

    let file = Option<String>("examples", value: "FILE", as: .file, "Your requests and their steps, JSONL.")
    let out = Option<String>("out", short: "o", value: "FILE", as: .file, "File for what was learned.")

    var parameters: [any ParameterDeclaration] { [file, out, BenchOptions.encoder] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let requests = try ExampleRequests(file: values[file])
        let embedder = try await context.workbench(values).embedder
        let learning = try await requests.learn(with: LocalDecomposer(embedder: embedder))
        let count = requests.examples.count
        let result = StepGranularity.file(learning, examples: count)
        try DataFile.replace(FileSystem.absolute(values[out]), with: result.serialized() + "\n")
        if context.wantsJSON {
            try context.console.writeJSON(result)
        } else if learning.granularity == nil {
            try context.console.writeLine(
                "nothing counts the steps of these \(count) requests better than their texts do (\(learning.usualHits) right)"
            )
        } else {
            try context.console.writeLine(
                "\(learning.heldOutHits) of \(count) requests right, each with what the others taught; before, "
                    + "\(learning.usualHits)"
            )
        }
        return .done
    }
}

extension GranularityError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("granularity-malformed", description) }
}
