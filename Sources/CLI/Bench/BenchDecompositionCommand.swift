import CommandLineInterface
import SkillEvaluation
import SkillWeaver

/// `skillweaver bench decomposition`
struct BenchDecompositionCommand: CommandDefinition {
    let name = "decomposition"
    let summary = "Compare step counts of the local decomposer with baselines, each set left out of its training."
    let discussion = """
        DA is the share of requests with exactly the gold number of steps. --folds holds the models that \
        'make train-decomposer' makes: one without each set, and one without every fifth request.
        """
    let examples = [
        CommandExample("All sets", "skillweaver bench decomposition --data ../shared/data --folds .build/train/folds")
    ]

    let data = Option<String>("data", value: "DIR", as: .folder, "Folder with the sets.")
    let folds = Option<String>("folds", value: "DIR", as: .folder, "Folder with the models.")
    let wording = Flag("wording", "Also measure how well the words of the steps find the tools.")

    var parameters: [any ParameterDeclaration] { [data, folds, wording, BenchOptions.encoder] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let workbench = try await context.workbench(values)
        let models = try HeadFolds(folder: values[folds])
        var comparisons: [DecompositionComparison] = []
        var wordings: [String] = []
        for set in try LabelledSet.all(in: values[data]) {
            comparisons.append(try await .of(set, folds: models, embedder: workbench.embedder))
            context.console.note("\(set.name): \(set.requests.count) requests")
            guard values[wording] else { continue }
            let model = models.leavingOut(set.name)
            if let found = try await HeadRetrieval.of(set, model: model, workbench: workbench) {
                wordings.append("\(set.name): \(found.text)")
            }
        }
        try context.console.write(DecompositionComparison.table(comparisons).text)
        for wording in wordings { try context.console.writeLine(wording) }
        return .done
    }
}
