import CommandLineInterface
import JSONSchema
import PlanComposition
import PlanExecution
import SkillWeaver

/// `skillweaver bench recovery`
struct BenchRecoveryCommand: CommandDefinition {
    let name = "recovery"
    let summary = "Measure how many chains of failing tools are completed, with recovery and without."
    let discussion = """
        Mock tools as in the paper's pilot study: each category succeeds with a probability of its own between .80 and .95, \
        chains have two to five steps, seeds are fixed. Both columns meet the same failures.
        """

    let queries = Option<[Int]>(
        "queries",
        value: "N",
        as: .integer(in: 1...100_000),
        "Chains to run; repeatable. Default: 30 and 300."
    )
    let seeds = Option<Int>("seeds", value: "N", as: .integer(in: 1...1_000), default: 5, "Seeds, from 1.")

    var parameters: [any ParameterDeclaration] { [queries, seeds] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        for count in values[queries].isEmpty ? [30, 300] : values[queries] {
            var completed = (with: 0, without: 0)
            for seed in 1...values[seeds] {
                for number in 0..<count {
                    completed.with += try await isCompleted(number, UInt64(seed), recovery: true) ? 1 : 0
                    completed.without += try await isCompleted(number, UInt64(seed), recovery: false) ? 1 : 0
                }
            }
            let all = Double(count * values[seeds])
            let (with, without) = (Double(completed.with) / all, Double(completed.without) / all)
            if context.wantsJSON {
                try context.console.writeJSON([
                    "queries": JSONValue(count), "seeds": JSONValue(values[seeds]),
                    "completed_with_recovery": .number(with), "completed_without_recovery": .number(without),
                ])
            } else {
                try context.console.writeLine(
                    "\(count) chains, \(values[seeds]) seeds: \(DecimalText.fixed(with, 4)) completed with recovery, "
                        + "\(DecimalText.fixed(without, 4)) without"
                )
            }
        }
        return .done
    }

    private func isCompleted(_ number: Int, _ seed: UInt64, recovery: Bool) async throws -> Bool {
        var random = SplitMix(seed: seed, words: "chain \(number)")
        let length = Int.random(in: 2...5, using: &random)
        let steps = (0..<length).map { position in
            var step = RunPlans.step(position, after: position > 0 ? ["s\(position - 1)"] : [], from: nil)
            let category = Int.random(in: 0..<MockTools.categories, using: &random)
            step.arguments = ["step": JSONValue(position), "category": JSONValue(category)]
            return step
        }
        var options = RunOptions()
        options.seed = seed
        options.recovery.isEnabled = recovery
        // The waits are measured elsewhere; here only what comes of them counts.
        options.recovery.baseDelay = .zero
        let store = MemoryRunStore()
        let plan = Plan(request: "chain \(number)", decomposer: "none", steps: steps)
        let state = try await RunPlans.create(plan, named: "chain", in: store, options: options)
        let executor = RunExecutor(state, store: store, invoker: MockTools(seed: seed, run: number))
        return try await executor.drive().outcome == .succeeded
    }
}
