public import LanguageModels
public import PlanComposition
public import PlanExecution
public import SkillCatalog
public import SkillRetrieval
public import TaskDecomposition
public import TextEmbedding

/// How a router works; the defaults need no language model and no network.
public struct RouterOptions: Sendable {
    /// The user's own folder.
    public var home: SkillHome
    /// Where the encoder and the bundled skills are.
    public var installation: Installation
    /// Replaces the built-in sentence encoder.
    public var embedder: (any Embedder)?
    /// An embedding model behind a server, instead of the built-in sentence encoder.
    public var embeddingEndpoint: EmbeddingEndpoint?
    /// What splits the request; by default without a language model.
    public var decomposer: DecomposerRecipe
    /// Formats of files that are read as skills, beside those the catalog knows itself.
    public var formats: [any SkillFileFormat] = []
    /// Which stages look for skills.
    public var stages = RetrievalStages.all
    /// Folder of a cross-encoder that reads each text together with the candidates that the stages put first; nil for none.
    public var crossEncoder: String?
    /// Candidates looked at for each step.
    public var candidatesPerStep: Int
    /// How skills are chosen together.
    public var composition: CompositionOptions
    /// Absolute path of the folder that "this repository" and "the current folder" mean in a request; nil where they mean
    /// nothing, and are asked for.
    public var workspace: String?
    /// The user's rules about skills; nil for those kept in `home` for the library that is opened.
    public var preferences: SkillPreferences?
    /// Orders the candidates of all steps in one call; by default no language model does.
    public var rerankingModel: (any ChatModel)?
    /// What calls the tools of plans that are run.
    public var invokers: ToolInvokerProvider
    /// Texts that no journal, event or report shows: passwords and keys that tools are given.
    public var secrets: [String] = []
    /// Binds the arguments of all steps in one call; by default the words of the request alone do.
    public var bindingModel: (any ChatModel)?
    /// Puts right the arguments that a tool of a run refuses, where the rules cannot; by default no language model does.
    public var repairModel: (any ChatModel)?
    /// The database that keeps runs, for workers on many machines; nil for a file in the user's own folder.
    public var runStore: LibraryStore?

    /// - Parameter environment: looks up an environment variable; by default one of this process.
    public init(environment: (String) -> String? = ProcessEnvironment.value) {
        home = SkillHome(environment: environment)
        installation = Installation.locate(environment: environment)
        decomposer = .local
        candidatesPerStep = 10
        composition = CompositionOptions()
        invokers = .standard()
    }
}

extension RouterOptions {
    /// The options with the user's rules about the skills of a library, unless they hold others.
    func withPreferences(of library: LibraryReference) throws -> RouterOptions {
        guard preferences == nil else { return self }
        var options = self
        options.preferences = try home.preferences(of: library)
        return options
    }
}
