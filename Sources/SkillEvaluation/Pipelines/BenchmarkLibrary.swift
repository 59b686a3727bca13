import SkillCatalog
import SkillRetrieval
import SkillRouting
import TextEmbedding

/// A library's file, read and checked but not indexed yet.
package struct LibraryFile: Sendable {
    package let path: String
    package let labels: LabelledLibrary
    package let report: DataReport
    package let fingerprint: Fingerprint

    /// - Throws: The fault of the first malformed line.
    package init(_ path: String) throws(DataFault) {
        let loaded = try LoadedRecords<LabelledLibrary.Entry>(file: path)
        self.path = path
        labels = loaded.library
        report = loaded.report
        fingerprint = loaded.fingerprint
    }
}

extension DataReport {
    /// The report on a set with what was odd about its library counted too; the records are the set's alone.
    func counting(_ library: DataReport) -> DataReport {
        var report = self
        for finding in library.findings {
            report.add(.init(finding.kind, finding.detail), id: finding.id, line: finding.line)
        }
        return report
    }
}

/// A library indexed the way the product indexes it, and its labels beside it.
struct BenchmarkLibrary: Sendable {
    let labels: LabelledLibrary
    /// By id.
    let skills: [String: Skill]
    let index: IndexedLibrary
    /// In the order of the file.
    private let ids: [String]

    init(
        _ file: LibraryFile,
        hasCategory: Bool,
        at location: LibraryLocation,
        _ workbench: EvaluationWorkbench
    ) async throws {
        let source = JSONLinesFile(path: file.path)
        let sources: [any SkillSource] = [hasCategory ? CategoryLeakingSource(source) : source]
        let indexer = try RouterResources.indexer(embedder: workbench.embedder, options: workbench.options)
        _ = try await indexer.index(sources, into: location)
        index = try await IndexedLibrary.open(location, for: workbench.embedder.model)
        ids = try await index.library.allIDs()
        skills = try await index.library.skills(ids)
        labels = file.labels
    }

    /// The library's texts for a search by words.
    func lexicalIndex() -> TFIDFIndex {
        TFIDFIndex(ids.compactMap { id in skills[id].map { (id, $0.plainText) } })
    }

    /// The candidate that a gold tool is, with the one function it offers.
    func candidate(_ id: String) -> Candidate {
        Candidate(skill: id, tool: skills[id]?.tools.first?.name, score: 1)
    }
}

extension Skill {
    /// Everything a search may see of a skill, as it is written.
    fileprivate var plainText: String {
        let tools = tools.map { $0.description.isEmpty ? $0.name : "\($0.name): \($0.description)" }
        return ([name, description] + tools + [document]).filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// Puts the label that results are judged by into the text that is searched, as the published code does.
///
/// What that leak is worth is reported; the product never does it.
private struct CategoryLeakingSource: SkillSource {
    private let source: JSONLinesFile

    init(_ source: JSONLinesFile) { self.source = source }

    var name: String { source.name }
    var location: String { source.location }

    nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        try await source.read { record in
            guard case .skill(var skill) = record, let category = skill.category else {
                return try await receive(record)
            }
            skill.description += "\n" + category
            try await receive(.skill(skill))
        }
    }
}
