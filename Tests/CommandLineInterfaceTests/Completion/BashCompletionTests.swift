import CommandLineInterface
import Testing

@Suite("Completion in bash", .enabled(if: Shell.has("bash"), "bash is not installed"))
struct BashCompletionTests {
    private static let globals = [
        "--home", "--json", "--quiet", "-q", "--verbose", "-v", "--color", "--help", "-h", "--version", "-V",
    ]

    private static let commands = ["find", "store", "shelf", "watch", "bench", "completion", "help"]
    private static let findOptions = [
        "--top", "-k", "--form", "--tag", "-t", "--offset", "--explain", "-e", "--rank", "--no-rank", "--weight",
    ]

    /// The words as bash hands them over, the last one being completed, and what is offered.
    static let cases: [(words: [String], offers: [String])] = [
        ([""], commands),
        (["s"], ["store", "shelf"]),
        (["--"], globals.filter { $0.hasPrefix("--") }),
        (["--c"], ["--color"]),
        (["shelf", ""], ["list", "show"]),
        (["shelf", "l"], ["list"]),
        (["watch", ""], ["stop"]),
        (["watch", "--f"], ["--follow"]),
        (["bench", "oven", ""], ["heat"]),
        (["bench", "--seed", "3", "o"], ["oven"]),
        (["bench", "oven", "heat", "--s"], ["--seed"]),
        (["find", "--no"], ["--no-rank"]),
        (["find", "-"], findOptions + globals),
        (["find", "--form", ""], ["table", "tree", "mermaid"]),
        (["find", "--form", "t"], ["table", "tree"]),
        (["find", "--form", "=", "m"], ["mermaid"]),
        (["find", "--form", "="], ["table", "tree", "mermaid"]),
        (["find", "--form=m"], ["--form=mermaid"]),
        (["find", "jam", "--color", "a"], ["auto", "always"]),
        (["--color", "never", "find", "--form", "ta"], ["table"]),
        (["--color", "=", "never", "find", "--form", "ta"], ["table"]),
        (["--color=never", "shelf", ""], ["list", "show"]),
        (["find", "--top", ""], []),
        (["find", ""], []),
        (["completion", ""], ["bash", "zsh"]),
        (["completion", "bash", ""], []),
        (["help", "sh"], ["shelf"]),
        (["help", "shelf", "st"], ["store"]),
        (["store", ""], ["a file.txt", "folder", "other.md"]),
        (["store", "a"], ["a file.txt"]),
        (["store", "x", "--into", "t", "o"], ["other.md"]),
        (["store", "--", "--"], ["--odd"]),
        (["store", "--into", ""], ["folder"]),
        (["store", "--into", "=", "f"], ["folder"]),
        (["--home", "f"], ["folder"]),
        (["$(touch broken)", "`touch broken`", ""], commands),
    ]

    @Test("offers commands, options, choices and files", arguments: cases)
    func completed(words: [String], offers: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write(Pantry.program.completionScript(for: .bash), to: ".completion")
        for file in ["other.md", "a file.txt"] { try folder.write("", to: file) }
        if words.contains("--") { try folder.write("", to: "--odd") }
        try folder.write(
            """
            set -u
            cd "$1/" && mkdir folder
            source .completion
            shift
            COMP_WORDS=(pantry "$@") COMP_CWORD=$#
            _pantry
            ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
            [[ ! -e broken ]] || echo BROKEN
            complete -p pantry > /dev/null
            """,
            to: ".drive"
        )
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let (output, status) = Shell.run("bash --norc '\(folder.path)/.drive' '\(folder.path)' \(quoted)")
        #expect(status == 0)
        let offered = output.split(separator: "\n").map(String.init)
        // Files come in the order of the folder, which is nobody's promise.
        #expect(offered.filter { !$0.hasPrefix(".") }.sorted() == offers.sorted())
    }
}
