package import SkillRetrieval
public import TextEmbedding

/// How to make a decomposer once a library is open: some need its skills, the encoder or a language model.
///
/// ```swift
/// var options = RouterOptions()
/// options.decomposer = .revised(by: model)   // a language model improves the local plan
/// options.decomposer = DecomposerRecipe(MyDecomposer())
/// ```
public struct DecomposerRecipe: Sendable {
    /// Short name of what it makes, as the command line and results print it.
    public let name: String

    private let make: @Sendable (DecomposerParts) async throws -> any Decomposer

    /// - Parameter make: called once when a router opens its library.
    public init(_ name: String, make: @escaping @Sendable (DecomposerParts) async throws -> any Decomposer) {
        self.name = name
        self.make = make
    }

    /// A decomposer that is ready and needs nothing of the library.
    public init(_ decomposer: some Decomposer) {
        self.init(decomposer.name) { _ in decomposer }
    }

    /// Makes the decomposer.
    public func decomposer(with parts: DecomposerParts) async throws -> any Decomposer {
        try await make(parts)
    }
}

/// What a decomposer may be made of.
public struct DecomposerParts: Sendable {
    /// The encoder of the library.
    public var embedder: any Embedder
    /// Finds skills of the library to tell a model about.
    public var hints: any SkillHints
    /// Every skill of the library, for a decomposer that shows a model all names.
    package var listings: @Sendable () async throws -> [SkillListing]

    package init(
        embedder: any Embedder,
        hints: any SkillHints,
        listings: @escaping @Sendable () async throws -> [SkillListing]
    ) {
        self.embedder = embedder
        self.hints = hints
        self.listings = listings
    }

    /// The parts of an open library.
    package init(embedder: any Embedder, retriever: SkillRetriever, library: any SearchableLibrary) {
        self.init(embedder: embedder, hints: RetrievedHints(retriever: retriever, library: library)) {
            try await library.skillNames().map { SkillListing(skill: $0.id, name: $0.name) }
        }
    }
}

// MARK: - Without a language model

extension DecomposerRecipe {
    /// The product's own, which needs no language model.
    public static let local = DecomposerRecipe("local") { LocalDecomposer(embedder: $0.embedder) }

    /// The product's own, as finely as someone divides requests.
    package static func local(granularity: StepGranularity?) -> DecomposerRecipe {
        DecomposerRecipe("local") { LocalDecomposer(embedder: $0.embedder, granularity: granularity) }
    }

    /// Splits at commas, "and" and "then".
    public static let plainSplit = DecomposerRecipe(PlainSplitDecomposer())
    /// Takes the request for one step.
    public static let wholeRequest = DecomposerRecipe(WholeRequestDecomposer())
}
