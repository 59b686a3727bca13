import CommandLineInterface
import LanguageModels

/// Options of commands that may ask a language model.
struct ModelOptions: ParameterGroup {
    static let group = ModelOptions()

    static let model = Option<String?>(
        "model",
        value: "NAME",
        """
        The language model, as its server knows it; 'openai:' or 'anthropic:' before it says which interface is spoken. \
        Default: $SKILLWEAVER_MODEL.
        """
    )
    static let baseURL = Option<String?>(
        "base-url",
        value: "URL",
        """
        Where it is served. Default: $OPENAI_BASE_URL or $ANTHROPIC_BASE_URL, else the provider's own; keys are read from \
        $OPENAI_API_KEY and $ANTHROPIC_API_KEY.
        """
    )
    static let timeout = Option<Int>(
        "llm-timeout",
        value: "SECONDS",
        as: .integer(in: 1...86_400),
        default: 120,
        "Longest wait for one reply, repeated attempts included."
    )
    static let record = Option<String?>(
        "record",
        value: "DIR",
        as: .folder,
        "Keep every call to the model and its reply in this folder."
    )
    static let replay = Option<String?>(
        "replay",
        value: "DIR",
        as: .folder,
        "Take every reply from this folder instead of asking the model."
    )

    static let all: [any CommandParameter] = [model, baseURL, timeout, record, replay]

    let title: String? = "Language model"
    let parameters: [any ParameterDeclaration] = [model, baseURL, timeout, record, replay]
}

extension CommandContext {
    /// The language model that a command asks; nil for one that asks none.
    ///
    /// - Parameters:
    ///   - isAsked: whether anything on the command line asks one; then there has to be one, else options for one are
    ///     refused.
    ///   - use: what to write to have one asked.
    func chatModel(_ values: ParsedValues, isAsked: Bool, toUseOne use: String) throws -> (any ChatModel)? {
        guard isAsked else {
            for option in ModelOptions.all where values.wasGiven(option) {
                throw CommandError.usage(
                    "\(option.specification.label) is given, and nothing here asks a language model",
                    hint: "use \(use)"
                )
            }
            return nil
        }
        guard let model = try chatModel(values) else { throw ChatEndpointError.noModel(address: nil) }
        return model
    }

    /// The language model that command line and environment describe; nil where they describe none.
    ///
    /// - Throws: `CommandError` for options that exclude each other, `ChatEndpointError` for what is missing or wrong.
    func chatModel(_ values: ParsedValues) throws -> (any ChatModel)? {
        if let folder = values[ModelOptions.replay] {
            if values[ModelOptions.record] != nil {
                throw CommandError.usage("--record and --replay cannot be used together")
            }
            return ReplayingChatModel(name: try replayedName(values), folder: folder)
        }
        guard let endpoint = try chatEndpoint(values) else {
            if values[ModelOptions.record] != nil { throw ChatEndpointError.noModel(address: nil) }
            return nil
        }
        if endpoint.exposesKey {
            console.warn("the key travels readably to \(endpoint.address); use https")
        }
        let policy = ChatCallPolicy(timeout: .seconds(values[ModelOptions.timeout]))
        let model = try endpoint.model(policy: policy) { environment[$0] }
        return values[ModelOptions.record].map { RecordingChatModel(model, folder: $0) } ?? model
    }

    /// The same for what can do without: what only the environment says, and says wrongly, is a warning.
    func modelForRepairs(_ values: ParsedValues) throws -> (any ChatModel)? {
        do {
            return try chatModel(values)
        } catch let error as ChatEndpointError where !ModelOptions.all.contains(where: { values.wasGiven($0) }) {
            console.warn("no language model puts arguments right: \(error)")
            return nil
        }
    }

    /// Where the model is, as command line and environment say; nil where they say nothing.
    func chatEndpoint(_ values: ParsedValues) throws(ChatEndpointError) -> ChatEndpoint? {
        try ChatEndpoint.configured(
            model: values[ModelOptions.model],
            address: values[ModelOptions.baseURL],
            environment: { environment[$0] }
        )
    }

    /// A replay needs the model's name, but neither its key nor its address.
    private func replayedName(_ values: ParsedValues) throws(ChatEndpointError) -> String {
        guard let words = values[ModelOptions.model] ?? environment[ChatEndpoint.modelVariable], !words.isEmpty else {
            throw .noModel(address: nil)
        }
        return ChatEndpoint.modelName(in: words).name
    }
}
