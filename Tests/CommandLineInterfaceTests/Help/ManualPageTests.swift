import CommandLineInterface
import Testing

@Suite("The manual page")
struct ManualPageTests {
    @Test("has its headings, and a part for every command")
    func complete() async {
        let outcome = await Outcome.of(["help", "--man"])
        #expect(outcome.code == .done)
        #expect(outcome.output.hasPrefix(#".TH "PANTRY" 1 "" "pantry 1.2.3" "User Commands""# + "\n"))
        #expect(outcome.output.contains("\n.SH NAME\npantry \\- Keep an eye on what there is to eat\n"))
        let headings = outcome.output.split(separator: "\n").filter { $0.hasPrefix(".SH ") || $0.hasPrefix(".SS ") }
        #expect(
            headings.joined(separator: "\n") == """
                .SH NAME
                .SH "SYNOPSIS"
                .SH "DESCRIPTION"
                .SH "GLOBAL OPTIONS"
                .SH "COMMANDS"
                .SS "pantry find"
                .SS "pantry store"
                .SS "pantry shelf"
                .SS "pantry shelf list"
                .SS "pantry shelf show"
                .SS "pantry watch"
                .SS "pantry watch stop"
                .SS "pantry bench"
                .SS "pantry bench oven"
                .SS "pantry bench oven heat"
                .SS "pantry completion"
                .SS "pantry help"
                .SH "EXAMPLES"
                .SH "EXIT STATUS"
                """
        )
    }

    @Test("of one command tells its arguments and options, those that are shared among them")
    func command() async {
        let outcome = await Outcome.of(["help", "--man", "bench", "oven", "heat"])
        #expect(outcome.output.hasPrefix(#".TH "PANTRY\-BENCH\-OVEN\-HEAT" 1 "#))
        #expect(outcome.output.contains(".SH \"OPTIONS OF EVERY \\(aqPANTRY BENCH\\(aq COMMAND\"\n"))
        #expect(outcome.output.contains("\n.B \"\\-\\-seed N\"\nSeed of what is random. (default 7)\n"))
        #expect(await Outcome.of(["help", "--man", "nothing"]).code == .usage)
    }

    @Test("prints every text as it is written", .enabled(if: Shell.has("groff"), "needs groff"))
    func sameText() async throws {
        let page = await Outcome.of(["help", "--man"], program: hostile).output
        let folder = try TemporaryFolder()
        let file = try folder.write(page, to: "page.1")
        let (text, status) = Shell.run("MANWIDTH=200 GROFF_NO_SGR=1 groff -man -Tascii -rLL=200n '\(file)' | col -b")
        #expect(status == 0)
        for line in Nasty.lines {
            #expect(text.contains(line), "\(line)")
        }
        #expect(text.contains(".ab injected") && text.contains(".ds x injected"))
    }

    @Test("of the whole program and of one command give groff nothing to warn of", .enabled(if: Shell.has("groff")))
    func warnings() async throws {
        for words in [["help", "--man"], ["help", "--man", "find"]] {
            for program in [Pantry.program, hostile] {
                let page = await Outcome.of(words, program: program).output
                let folder = try TemporaryFolder()
                let file = try folder.write(page, to: "page.1")
                let (said, status) = Shell.run("groff -man -ww -z -Tutf8 -K utf8 '\(file)'")
                #expect(said.isEmpty, "\(said)")
                #expect(status == 0)
            }
        }
    }
}

/// Texts that roff would take for something else.
private enum Nasty {
    static let lines = [
        ".so /etc/passwd", "'br at the start", #"a backslash \n and \fB"#, "--dry-run and a-b", "say \"hello\"",
        "`tick`",
        "~/.config and ^caret",
    ]
}

private let hostile = Program(
    "nasty",
    version: "0.1",
    "Has texts that look like requests.",
    discussion: Nasty.lines.joined(separator: "\n\n") + "\n\n    .ab injected",
    [NastyCommand()]
)

private struct NastyCommand: CommandDefinition {
    let name = "find"
    let summary = ".ds x injected"
    let examples = [CommandExample("'Quoted", #"nasty find '\*[x]' .fi"#)]

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode { .done }
}
