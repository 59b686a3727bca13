import SkillCatalog
package import SkillRetrieval

/// Hints from the library itself: the best candidates of each sub-task, with what their skills say about themselves.
package struct RetrievedHints: SkillHints {
    private let retriever: SkillRetriever
    private let library: any SearchableLibrary

    package init(retriever: SkillRetriever, library: any SearchableLibrary) {
        self.retriever = retriever
        self.library = library
    }

    package func hints(for subtasks: [String], limit: Int) async throws -> [SkillHint] {
        let found = try await retriever.candidates(for: subtasks, top: limit)
        let skills = try await library.skills(found.joined().map(\.skill))
        return found.enumerated().flatMap { subtask, candidates in
            candidates.map { candidate in
                let skill = skills[candidate.skill]
                return SkillHint(
                    skill: candidate.skill,
                    name: skill?.name ?? candidate.skill,
                    description: skill?.description ?? "",
                    score: candidate.score,
                    subtask: subtask
                )
            }
        }
    }
}
