import SkillCatalog
package import SkillRetrieval
import TextEmbedding

/// Which stages look for skills.
public enum RetrievalStages: String, Sendable, Hashable, CaseIterable {
    /// Words and vectors.
    case first
    /// Also a closer look at what these put first, token by token.
    case all
}

extension RetrievalStages {
    /// What they cannot do with an embedder.
    func remarks(with embedder: any Embedder) -> [String] {
        guard self == .all, embedder.tokenEncoder == nil else { return [] }
        return [
            "\(embedder.model.name) gives no token states: words and whole texts alone order the results, "
                + "as with --stages first"
        ]
    }

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
