import FoundationEssentials
import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("The published report")
struct PublishedReportTests {
    private static let document = PackageRoot.path("Benchmarks/README.md")
    private static let results = PackageRoot.path("Benchmarks/results/results.json")

    @Test("the tables of Benchmarks/README.md are those of the committed results")
    func agreement() throws {
        let report = BenchmarkReport(try BenchmarkResults(file: Self.results))
        let stale = try report.staleBlocks(in: DataFile.readText(Self.document), file: Self.document)
        #expect(stale.isEmpty, "run 'skillweaver bench report': \(stale)")
    }

    @Test("every block of a report stands in Benchmarks/README.md")
    func completeness() throws {
        let blocks = try MarkedBlocks(DataFile.readText(Self.document), file: Self.document).blocks.map(\.name)
        #expect(Set(blocks) == Set(ReportBlock.allCases.map(\.rawValue)))
    }

    @Test("the committed results name no path of a machine")
    func paths() throws {
        let text = try DataFile.readText(Self.results)
        for path in ["\"/", "/home/", "/root/", "/tmp/", "../"] { #expect(!text.contains(path), "\(path)") }
    }
}
