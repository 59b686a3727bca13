import SkillCatalog
package import SkillRetrieval

/// Which stages look for skills.
public enum RetrievalStages: String, Sendable, Hashable, CaseIterable {
    /// Words and vectors.
    case first
    /// Also a closer look at what these put first, token by token.
    case all
}

extension RetrievalStages {
    /// The stages, with the weights that were fitted to a library where there are any.
    package func options(of library: any SearchableLibrary) async throws -> RetrievalOptions {
        switch self {
        case .first: RetrievalOptions(stages: [])
        case .all:
            RetrievalOptions(
                stages: [
                    SignalFusion(
                        weights: try await library.part(.fusionWeights).flatMap(FusionWeights.init(bytes:)) ?? .standard
                    )
                ]
            )
        }
    }
}
