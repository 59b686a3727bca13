import CommandLineInterface
import Testing

@Suite("A wrong command line")
struct UsageErrorTests {
    static let cases: [(words: [String], talk: String)] = [
        (
            ["finf"],
            """
            error: 'pantry' has no command 'finf'
             hint: did you mean 'find'? see 'pantry --help'
            """
        ),
        (
            ["zzzzz"],
            """
            error: 'pantry' has no command 'zzzzz'
             hint: see 'pantry --help'
            """
        ),
        (
            ["list"],
            """
            error: 'pantry' has no command 'list'
             hint: did you mean 'pantry shelf list'? see 'pantry --help'
            """
        ),
        (
            ["shelf", "lits"],
            """
            error: 'pantry shelf' has no command 'lits'
             hint: did you mean 'list'? see 'pantry shelf --help'
            """
        ),
        (
            ["help", "shlf"],
            """
            error: 'pantry' has no command 'shlf'
             hint: did you mean 'shelf'? see 'pantry --help'
            """
        ),
        (
            ["find", "--tpo", "3"],
            """
            error: 'pantry find' has no option '--tpo'
             hint: did you mean '--top'? see 'pantry find --help'
            """
        ),
        (
            ["find", "-top", "3"],
            """
            error: 'pantry find' has no option '-top'
             hint: did you mean '--top'? see 'pantry find --help'
            """
        ),
        (
            ["find", "-form", "x"],
            """
            error: 'pantry find' has no option '-form'
             hint: did you mean '--form'? see 'pantry find --help'
            """
        ),
        (
            ["find", "--json=yes", "a"],
            """
            error: --json takes no value
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "--no-explain", "a"],
            """
            error: 'pantry find' has no option '--no-explain'
             hint: put -- before text that begins with a hyphen; see 'pantry find --help'
            """
        ),
        (
            ["--top", "3", "find"],
            """
            error: 'pantry' has no option '--top'
             hint: --top belongs after 'pantry find'; see 'pantry --help'
            """
        ),
        (
            ["watch", "--follow", "stop"],
            """
            error: --follow is for 'pantry watch', not for 'pantry watch stop'
             hint: see 'pantry watch stop --help'
            """
        ),
        (
            ["find", "a", "--top"],
            """
            error: --top needs a value, K
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "--form", "--explain"],
            """
            error: --form needs a value, FORM
             hint: to give it the value '--explain', write --form=--explain; see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "--top", "many"],
            """
            error: 'many' for --top is not a whole number from 1 to 100
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "-k", "101"],
            """
            error: '101' for --top is not a whole number from 1 to 100
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "--offset", "99999999999999999999"],
            """
            error: '99999999999999999999' for --offset is not a whole number
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "--weight", "nan"],
            """
            error: 'nan' for --weight is not a number from 0.0 to 1.0
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find", "a", "--form", "tre"],
            """
            error: 'tre' for --form is not one of table, tree, mermaid
             hint: did you mean 'tree'? see 'pantry find --help'
            """
        ),
        (
            ["find", "  "],
            """
            error: '  ' for TEXT is not a text with words in it
             hint: see 'pantry find --help'
            """
        ),
        (
            ["find"],
            """
            error: TEXT is missing
             hint: see 'pantry find --help'
            """
        ),
        (
            ["store", "a"],
            """
            error: --into is missing
             hint: see 'pantry store --help'
            """
        ),
        (
            ["store", "--into", "top"],
            """
            error: SOURCE is missing
             hint: see 'pantry store --help'
            """
        ),
        (
            ["find", "bread", "butter"],
            """
            error: 'pantry find' has no use for the argument 'butter'
             hint: put quotes around text of several words; see 'pantry find --help'
            """
        ),
        (
            ["--", "find"],
            """
            error: 'pantry' has no use for the argument 'find'
             hint: see 'pantry --help'
            """
        ),
        (
            ["-q", "find", "a", "-v"],
            """
            error: --quiet and --verbose exclude each other
             hint: see 'pantry find --help'
            """
        ),
        (
            ["fi\u{1B}[31mnd\u{202E}"],
            """
            error: 'pantry' has no command 'fi\u{FFFD}[31mnd\u{FFFD}'
             hint: see 'pantry --help'
            """
        ),
    ]

    @Test("exits with 2, says what is wrong, the nearest right word and the next step", arguments: cases)
    func explained(words: [String], talk: String) async {
        #expect(await Outcome.of(words) == Outcome(code: .usage, output: "", talk: talk + "\n"))
    }

    @Test(
        "is one JSON object on one line when JSON is asked for anywhere",
        arguments: [
            ["--json", "find", "--tpo"], ["find", "--tpo", "--json"], ["find", "--tpo", "3", "-v", "--json"],
        ]
    )
    func json(words: [String]) async {
        let outcome = await Outcome.of(words)
        #expect(outcome.code == .usage)
        #expect(outcome.output == "")
        #expect(
            outcome.talk == """
                {"error":{"code":"unknown-option","message":"'pantry find' has no option '--tpo'",\
                "hint":"did you mean '--top'? see 'pantry find --help'"}}

                """
        )
    }

    @Test("is not JSON when the word stands after the end of options")
    func notJSON() async {
        #expect(await Outcome.of(["store", "--", "--json"]).talk.hasPrefix("error: --into is missing\n"))
    }

    @Test("shows a group's help on stderr when the group is called without a command", arguments: [[], ["shelf"]])
    func bareGroup(words: [String]) async {
        let help = await Outcome.of(words + ["--help"])
        #expect(await Outcome.of(words) == Outcome(code: .usage, output: "", talk: help.output))
    }

    @Test("says in JSON that a group was called without a command")
    func bareGroupJSON() async {
        let outcome = await Outcome.of(["shelf", "--json"])
        #expect(outcome.code == .usage)
        #expect(outcome.talk.hasPrefix(#"{"error":{"code":"missing-command","#))
    }

    @Test("is coloured as the user wishes, even when it cannot be read")
    func coloured() async {
        let outcome = await Outcome.of(["--color", "always", "finf"])
        #expect(outcome.talk.hasPrefix("\u{1B}[1;31merror:\u{1B}[0m 'pantry' has no command"))
        let plain = await Outcome.of(["--color=never", "finf"], talkColumns: 80)
        #expect(plain.talk.hasPrefix("error: 'pantry'"))
    }
}
