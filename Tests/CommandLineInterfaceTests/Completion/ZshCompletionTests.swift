import CommandLineInterface
import Testing

@Suite("Completion in zsh", .enabled(if: Shell.has("zsh"), "zsh is not installed"))
struct ZshCompletionTests {
    @Test("has a script that zsh can read")
    func syntax() throws {
        let folder = try TemporaryFolder()
        let script = try folder.write(Pantry.program.completionScript(for: .zsh), to: "_pantry")
        let (output, status) = Shell.run("zsh -n '\(script)'")
        #expect(status == 0)
        #expect(output == "")
    }

    static let cases: [(words: [String], offers: String)] = [
        (["s"], "describe find store shelf watch bench completion help"),
        (["shelf", ""], "describe list show"),
        (["bench", "--seed", "3", "oven", ""], "describe heat"),
        (["shelf", "list", "--"], "describe --home --json --quiet -q --verbose -v --color --help -h --version -V"),
        (["find", "--form", ""], "words table tree mermaid"),
        (["find", "--form=t"], "words table tree mermaid"),
        (["watch", "--color", ""], "words auto always never"),
        (["find", "--top", ""], "message"),
        (["completion", ""], "words bash zsh"),
        (["store", "a", ""], "files"),
        (["store", "--", "--into", ""], "files"),
        (["store", "--into", ""], "files -/"),
        (["--home=", ""], "describe find store shelf watch bench completion help"),
        (["*", ""], "describe find store shelf watch bench completion help"),
    ]

    /// Stands in for the functions of zsh's completion system, which only work while a line is edited.
    private static let standIns = """
        compdef() { : }
        compset() { : }
        compadd() { shift; print -r -- words "$@" }
        _files() { print -r -- files "$@" }
        _message() { print -r -- message }
        _describe() { local list=$@[-1]; print -r -- describe ${${(P)list}%%:*} }
        """

    @Test("offers commands, options, choices and files", arguments: cases)
    func completed(words: [String], offers: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Pantry.program.completionScript(for: .zsh), to: "completion")
        let drive = try folder.write(
            """
            \(Self.standIns)
            source $1/completion
            shift
            words=(pantry "$@") CURRENT=$#words
            _pantry
            """,
            to: "drive"
        )
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let (output, _) = Shell.run("zsh -f '\(drive)' '\(folder.path)' \(quoted)")
        #expect(output == offers + "\n")
    }
}
