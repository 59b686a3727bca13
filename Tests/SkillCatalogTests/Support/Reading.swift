import SkillCatalog

/// Everything a source yields.
struct Reading {
    var skills: [Skill] = []
    var diagnostics: [Diagnostic] = []

    init(_ source: any SkillSource) async throws {
        var skills: [Skill] = []
        var diagnostics: [Diagnostic] = []
        try await source.read { record in
            switch record {
            case .skill(let skill): skills.append(skill)
            case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
            }
        }
        self.skills = skills
        self.diagnostics = diagnostics
    }

    var ids: [String] { skills.map(\.id) }
    var codes: [String] { diagnostics.map(\.code) }

    func skill(_ id: String) -> Skill? { skills.first { $0.id == id } }
}
