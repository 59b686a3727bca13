import CommandLineInterface
import Testing

@Suite("Help pages")
struct HelpPageTests {
    private static let globalOptions = """
        Global options:
              --home DIR    Where the pantry is kept.
              --json        Write data to stdout, and an error to stderr, as JSON.
          -q, --quiet       Say nothing on stderr but errors.
          -v, --verbose     Say more on stderr.
              --color WHEN  When to use colours; auto means on a terminal, unless
                            NO_COLOR is set. (auto, always, never; default auto)
          -h, --help        Explain the command.
          -V, --version     Print the version.
        """

    @Test(
        "are the same whichever way one asks for them, with exit code 0",
        arguments: [
            ["--help"], ["-h"], ["help"], ["--help", "--quiet"], ["-q", "-h"],
        ]
    )
    func program(words: [String]) async {
        let page = """
            Keep an eye on what there is to eat.

            Usage:
              pantry COMMAND

            Commands:
              find        Find what fits a text.
              store       Put things away.
              shelf       Look after the shelves.
              watch       Watch the pantry.
              bench       Measure.
              completion  Print a script that completes commands in a shell.
              help        Explain a command.

            \(Self.globalOptions)

            Examples:
              # Find something sweet
              pantry find 'sweet'

            See 'pantry COMMAND --help' for what a command does.

            """
        #expect(await Outcome.of(words) == Outcome(code: .done, output: page, talk: ""))
    }

    @Test(
        "of a command tell its arguments, options and examples",
        arguments: [
            ["find", "--help"], ["help", "find"], ["find", "--top", "wrong", "-h"], ["find", "a", "-eh"],
        ]
    )
    func command(words: [String]) async {
        let page = """
            Find what fits a text.

            Usage:
              pantry find [options] TEXT

            Looks at every shelf, from the top one to the one at the bottom, and sorts what
            it finds by how well it fits the text.

            An empty pantry finds nothing:

                pantry find "*"   # in vain

            Arguments:
              TEXT  What to look for.

            Options:
              -k, --top K      How much to list. (from 1 to 100; default 10)
                  --form FORM  How to print it. (table, tree, mermaid; default table)
              -t, --tag TAG    Only what carries this tag. (may be given several times)
                  --offset N   Where to begin; negative counts from the end.
              -e, --explain    Say why.

            Ranking options:
                  --[no-]rank  Rank what is found. (default on)
                  --weight W   Weight of freshness. (from 0.0 to 1.0; default 0.6)

            \(Self.globalOptions)

            Examples:
              # Three sweet things
              pantry find --top 3 'something sweet'

            """
        #expect(await Outcome.of(words) == Outcome(code: .done, output: page, talk: ""))
    }

    @Test(
        "show how each kind of command is called",
        arguments: [
            (["store"], "  pantry store --into DIR SOURCE...\n"),
            (["shelf"], "  pantry shelf COMMAND\n"),
            (["shelf", "list"], "  pantry shelf list\n"),
            (["shelf", "show"], "  pantry shelf show [NAME]\n"),
            (["watch"], "  pantry watch [options]\n  pantry watch COMMAND\n"),
            (["bench", "oven", "heat"], "  pantry bench oven heat\n"),
        ]
    )
    func usage(words: [String], lines: String) async {
        let outcome = await Outcome.of(words + ["--help"])
        #expect(outcome.output.contains("\n\nUsage:\n\(lines)\n"))
        #expect(outcome.code == .done)
    }

    @Test("tell which options a group shares with its commands")
    func sharedOptions() async {
        let outcome = await Outcome.of(["bench", "oven", "heat", "--help"])
        #expect(
            outcome.output.contains(
                """
                Options of every 'pantry bench' command:
                      --seed N  Seed of what is random. (default 7)

                Global options:
                """
            )
        )
    }

    @Test("are wrapped to the terminal, within what can be read", arguments: [20, 40, 60, 80, 100, 300])
    func wrapped(columns: Int) async {
        let outcome = await Outcome.of(["find", "--help"], outputColumns: columns, environment: ["NO_COLOR": "1"])
        let longest = outcome.output.split(separator: "\n").map(\.count).max() ?? 0
        #expect(longest <= min(max(columns, 40), 100))
        #expect(longest > min(max(columns, 40), 100) - 20)
    }

    @Test("have bold headings on a terminal and none elsewhere")
    func styled() async {
        let terminal = await Outcome.of(["shelf", "--help"], outputColumns: 80)
        #expect(terminal.output.contains("\u{1B}[1mUsage:\u{1B}[0m\n"))
        let file = await Outcome.of(["shelf", "--help"])
        #expect(!file.output.contains("\u{1B}"))
    }
}
