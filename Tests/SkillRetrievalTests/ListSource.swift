import SkillCatalog

/// A source whose records are given, and which can fail at its end.
struct ListSource: SkillSource {
    var name: String
    var location: String { "memory:\(name)" }
    var records: [SourceRecord]
    var failure: (any Error)?

    init(_ name: String, _ skills: [Skill], failingWith failure: (any Error)? = nil) {
        self.name = name
        records = skills.map(SourceRecord.skill)
        self.failure = failure
    }

    init(_ skills: [Skill], failingWith failure: (any Error)? = nil) {
        self.init("list", skills, failingWith: failure)
    }

    /// A source for each source that the skills name, in the order of the skills.
    static func sources(of skills: [Skill]) -> [ListSource] {
        var names: [String] = []
        for skill in skills where !names.contains(skill.origin.source) { names.append(skill.origin.source) }
        return names.map { name in ListSource(name, skills.filter { $0.origin.source == name }) }
    }

    func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        for record in records { try await receive(record) }
        if let failure { throw failure }
    }
}

/// A skill for tests.
func makeSkill(_ id: String, _ description: String, tools: [Tool] = [], source: String = "list") -> Skill {
    Skill(
        id: id,
        name: id,
        description: description,
        tools: tools,
        origin: SkillOrigin(source: source, file: "\(source).jsonl")
    )
}
