import SkillCatalog
import Testing

@Suite(
    "The real list agrees with the library that others made of it",
    .enabled(if: SharedData.has("library/awesome-mcp-readme-2026-05.md.gz"), Comment(rawValue: SharedData.missing))
)
struct MarkdownListAgreementTests {
    /// Ours and theirs, both in the order of theirs.
    private func pairs() async throws -> [(ours: Skill?, theirs: Skill)] {
        let folder = try TemporaryFolder()
        let list = try folder.write(
            try SharedData.decompressed("library/awesome-mcp-readme-2026-05.md.gz"),
            to: "awesome.md"
        )
        let ours = try await Reading(MarkdownList(path: list))
        // The list has four servers twice; theirs has each once.
        #expect(ours.skills.count == 2_229)
        #expect(ours.codes == ["missing-description", "missing-description"])
        let byID = Dictionary(ours.skills.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let theirs = try await Reading(JSONLinesFile(path: SharedData.path("library/mcp-servers-2026-05.jsonl")))
        #expect(theirs.diagnostics.isEmpty)
        return theirs.skills.map { (byID[$0.id], $0) }
    }

    @Test("All ids, names and addresses are equal; descriptions and tags but for a handful that are better here")
    func agreement() async throws {
        let pairs = try await pairs()
        #expect(pairs.count == 2_209)
        #expect(pairs.filter { $0.ours == nil }.map(\.theirs.id) == [])
        #expect(pairs.filter { $0.ours?.name != $0.theirs.name }.map(\.theirs.id) == [])
        #expect(pairs.filter { $0.ours?.url != $0.theirs.url }.map(\.theirs.id) == [])
        #expect(
            pairs.filter { $0.ours?.description != $0.theirs.description }.map(\.theirs.id) == [
                // A stray bracket of a link, the dot of `.NET`, and two badges in words stayed in theirs.
                "langfuse/mcp-server-langfuse", "yuliiakovalova/dotnet-template-mcp", "mnemox-ai/tradememory-protocol",
                "loglux/authmcp-gateway",
            ]
        )
        #expect(
            pairs.filter { $0.ours?.tags != $0.theirs.tags }.map(\.theirs.id)
                == ["mnemox-ai/tradememory-protocol", "loglux/authmcp-gateway"]
        )
    }
}

@Suite("Real libraries are read without a complaint")
struct RealLibraryTests {
    @Test(
        "Every record is used",
        .enabled(if: SharedData.has("library/mcp-servers-2026-08.jsonl"), Comment(rawValue: SharedData.missing)),
        arguments: [
            ("library/mcp-servers-2026-05.jsonl", 2_209, 0), ("library/mcp-servers-2026-08.jsonl", 3_350, 0),
            ("tasks/nestful.tools.jsonl", 133, 133), ("tasks/sealtools.tools.jsonl", 4_076, 4_076),
            ("tasks/worfbench.tools.jsonl", 1_521, 1_521), ("tasks/restbench.tools.jsonl", 94, 94),
            ("tasks/metatool.tools.jsonl", 199, 0), ("tasks/gnn4plan_ultratool.tools.jsonl", 260, 0),
        ]
    )
    func records(file: String, skills: Int, tools: Int) async throws {
        let reading = try await Reading(JSONLinesFile(path: SharedData.path(file)))
        #expect(reading.skills.count == skills)
        #expect(reading.skills.flatMap(\.tools).count == tools)
        #expect(reading.diagnostics.filter { $0.code != "missing-description" } == [])
        #expect(reading.skills.allSatisfy { skill in skill.tools.allSatisfy { $0.name != skill.name } })
    }
}
