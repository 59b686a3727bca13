import PlanComposition
package import SkillRetrieval
import TaskDecomposition
import TextEmbedding

/// What a router uses for one request: a generation of its library, and the parts that were made from it.
package struct RouterGeneration: Sendable {
    package let index: any SearchableLibrary
    let retriever: SkillRetriever
    let decomposer: any Decomposer
    let refiner: LibraryRefiner

    var explainer: RetrievalExplainer { RetrievalExplainer(retriever: retriever, library: index) }

    init(
        index: any SearchableLibrary,
        embedder: any Embedder,
        crossEncoder: CrossEncoderReranker?,
        options: RouterOptions
    ) async throws {
        self.index = index
        var retrieval = try await options.stages.options(of: index)
        if let crossEncoder { retrieval.stages.append(crossEncoder) }
        retrieval.preferences = options.preferences ?? SkillPreferences()
        retriever = SkillRetriever(
            embedder: embedder,
            library: index,
            options: retrieval
        )
        decomposer = try await options.decomposer.decomposer(
            with: DecomposerParts(embedder: embedder, retriever: retriever, library: index)
        )
        refiner = LibraryRefiner(
            retriever: retriever,
            library: index,
            options: RefinementOptions(minimumScore: options.composition.minimumScore),
            candidatesPerStep: options.candidatesPerStep
        )
    }
}
