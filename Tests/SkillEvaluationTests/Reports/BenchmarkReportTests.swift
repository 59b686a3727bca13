import JSONSchema
import SkillEvaluation
import TestSupport
import Testing

@Suite("Reports")
struct BenchmarkReportTests {
    private let report = BenchmarkReport(
        BenchmarkResults(environment: ["cpu": "two cores"], runs: [sampleSummary(variant: "MiniLM")])
    )
    private let page = """
        # Benchmarks

        Words before.
        <!-- bench:compskill -->
        <!-- /bench -->
        Words between.

        <!-- bench:environment -->
        old
        <!-- /bench -->
        """

    @Test("Marked blocks are replaced and everything else stays")
    func replaces() throws {
        let updated = try report.updating(page, file: "README.md")
        #expect(updated.hasPrefix("# Benchmarks\n\nWords before.\n<!-- bench:compskill -->\n\n| System | Figures |"))
        #expect(updated.contains(" over requests.\n\n<!-- /bench -->\nWords between.\n\n"))
        #expect(updated.contains("<!-- bench:environment -->\n\n| What |"))
        #expect(updated.hasSuffix("| cpu | two cores |\n\n<!-- /bench -->"))
        #expect(!updated.contains("old"))
    }

    @Test("A file agrees with the results it was made from, and updating it again changes nothing")
    func agrees() throws {
        let updated = try report.updating(page, file: "README.md")
        #expect(try report.staleBlocks(in: updated, file: "README.md").isEmpty)
        #expect(try report.updating(updated, file: "README.md") == updated)
    }

    @Test("A changed figure is found with its line")
    func stale() throws {
        let updated = try report.updating(page, file: "README.md")
        let changed = updated.replacing("0.833 [", with: "0.934 [")
        let stale = try report.staleBlocks(in: changed, file: "README.md")
        #expect(stale.map(\.name) == ["compskill"])
        let line = try #require(stale.first)
        #expect(changed.split(separator: "\n", omittingEmptySubsequences: false)[line.line - 1] == line.found ?? "")
        #expect(line.expected?.contains("0.833 [") == true)
        #expect(line.description.hasPrefix("line \(line.line), block compskill: found | Local decomposer, MiniLM"))
    }

    @Test("An empty block is stale")
    func emptyBlock() throws {
        #expect(try report.staleBlocks(in: page, file: "f").map(\.name) == ["compskill", "environment"])
    }

    @Test(
        "Markers that do not fit are faults with their line",
        arguments: [
            ("a\n<!-- bench:data -->\n", 2, "block \"data\" is not closed"),
            ("<!-- /bench -->", 1, "<!-- /bench --> closes no block"),
            ("<!-- bench:data -->\n<!-- bench:tokens -->\n<!-- /bench -->", 2, "block \"tokens\" starts inside"),
            ("<!-- bench:luck -->\n<!-- /bench -->", 1, "there is no block \"luck\"; known blocks are compskill,"),
        ]
    )
    func brokenMarkers(markdown: String, line: Int, message: String) throws {
        let fault = try #require(throws: DataFault.self) { try report.updating(markdown, file: "f.md") }
        #expect(fault.line == line)
        #expect(fault.message.hasPrefix(message), "\(fault.message)")
    }

    @Test("Markers inside a fenced code block are text, and so is a marker amid other words")
    func fences() throws {
        let markdown = "```md\n<!-- bench:luck -->\n```\nSee <!-- bench:data --> here.\n"
        #expect(try report.updating(markdown, file: "f") == markdown)
        #expect(try MarkedBlocks(markdown, file: "f").blocks.isEmpty)
    }

    @Test("A whole report has every block under its heading")
    func document() {
        let document = report.document(title: "Results")
        #expect(document.hasPrefix("# Results\n\n## CompSkillBench, all requests\n\n| System |"))
        for block in ReportBlock.allCases { #expect(document.contains("\n## \(block.title)\n\n")) }
        #expect(document.contains("## Retrieval\n\nNot measured yet.\n"))
    }
}
