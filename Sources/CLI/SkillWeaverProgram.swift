import CommandLineInterface
import HTTPTransport

/// The `skillweaver` command: parse, call, print.
@main
enum SkillWeaverProgram {
    static let program = Program(
        "skillweaver",
        version: ProgramVersion.current,
        "Route a request to the right few skills out of thousands, and weave them into a plan.",
        discussion: """
            Works offline and without a language model: an embedded encoder finds the skills, a local decomposer splits \
            the request. Without --library the skills that come with the program are used.
            """,
        options: [GlobalOptions.home],
        examples: [
            CommandExample(
                "See a plan",
                #"skillweaver route "Download the dataset, transform it, and create a visual report""#
            ),
            CommandExample("Index your own skills", "skillweaver index ./skills --library mine"),
        ],
        [
            IndexCommand(), SearchCommand(), RouteCommand(), DecomposeCommand(), AgentCommand(), ChatCommand(),
            CommandGroup(
                "plan",
                "Look at plans in files, or check those you have edited.",
                [PlanShowCommand(), PlanValidateCommand()]
            ),
            CommandGroup(
                "skills",
                "Look at the skills of a library, or make, check, install and lock your own.",
                [
                    SkillsListCommand(), SkillsShowCommand(), SkillsValidateCommand(),
                    SkillsNewCommand(), SkillsFromRunCommand(), SkillsPackCommand(), SkillsInstallCommand(),
                    SkillsRemoveCommand(),
                    SkillsLockCommand(), SkillsVerifyCommand(), SkillsTestCommand(), SkillsCheckCommand(),
                    SkillsPrepareCommand(), SkillsExportCommand(),
                ]
            ),
            McpCommand(), ImportCommand(), ServeCommand(),
            TrustCommand(),
            TokensCommand(),
            RunCommand(), ResumeCommand(), RunsCommands.group, WorkerCommand(),
            RuleCommands.group, TuneCommand(),
            CommandGroup("train", "Fit the program to requests of yours.", [TrainDecomposerCommand()]),
            BenchCommands.group,
            DoctorCommand(),
        ]
    )

    static func main() async {
        await CommandRunner.main(program) { await ProgramTelemetry.around($0) }
    }
}
