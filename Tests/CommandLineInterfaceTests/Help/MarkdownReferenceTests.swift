import CommandLineInterface
import Testing

@Suite("The Markdown reference")
struct MarkdownReferenceTests {
    @Test("has a section for every command, with links that lead to them")
    func complete() async {
        let outcome = await Outcome.of(["help", "--markdown"])
        #expect(outcome.code == .done)
        #expect(outcome.output.hasPrefix("# pantry\n\nKeep an eye"))
        let headings = outcome.output.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(
            headings.joined(separator: "\n") == """
                ## pantry find
                ## pantry store
                ## pantry shelf
                ## pantry shelf list
                ## pantry shelf show
                ## pantry watch
                ## pantry watch stop
                ## pantry bench
                ## pantry bench oven
                ## pantry bench oven heat
                ## pantry completion
                ## pantry help
                """
        )
        #expect(outcome.output.contains("- [`list`](#pantry-shelf-list): List the shelves.\n"))
    }

    @Test("says the same as the help pages, with what is markup made literal")
    func sameText() async {
        let text = await Outcome.of(["help", "--markdown"]).output
        let store = "\n## pantry store\n\nPut things away.\n\n```sh\npantry store --into DIR SOURCE...\n```\n"
        #expect(text.contains(store))
        #expect(text.contains("\n- `--form FORM`: How to print it. (table, tree, mermaid; default table)\n"))
        #expect(text.contains("\n    pantry find \"*\"   # in vain\n"))
        #expect(text.contains("unless NO\\_COLOR is set."))
        #expect(text.contains("**Options of every 'pantry bench' command**\n\n- `--seed N`: "))
        #expect(text.split(separator: "\n").count { $0 == "**Global options**" } == 1)
    }
}
