import CommandLineInterface

/// `skillweaver bench …`
enum BenchCommands {
    static let group = CommandGroup(
        "bench",
        "Measure how well requests are routed, on sets with known answers.",
        discussion: """
            Every figure comes with a 95 % bootstrap interval. A malformed line of a set stops a command before any work; \
            what is merely odd about the data is reported and counted. A run with --out that was interrupted goes on where \
            it stopped when it is started again.
            """,
        [
            BenchCompSkillCommand(), BenchTasksCommand(), BenchRetrievalCommand(), BenchAllCommand(),
            BenchCompatibilityCommand(), BenchScaleCommand(), BenchRunsCommand(), BenchRecoveryCommand(),
            BenchHarnessCommand(),
            BenchFeaturesCommand(), BenchDecompositionCommand(), BenchReportCommand(),
            BenchCompareCommand(), BenchPromptsCommand(), BenchRepliesCommand(),
        ]
    )
}
