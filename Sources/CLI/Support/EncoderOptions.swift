import CommandLineInterface
import SkillWeaver
import Storage

/// Options that choose what turns texts into vectors.
struct EncoderOptions: ParameterGroup {
    static let group = EncoderOptions()

    static let encoder = Option<String?>(
        "encoder",
        value: "DIR",
        as: .folder,
        "Model folder of another sentence encoder of the BERT family."
    )
    static let model = Option<String?>(
        "embedding-model",
        value: "NAME",
        """
        An embedding model behind an OpenAI-compatible server, instead of the encoder that comes with the program. \
        Default: $\(EmbeddingEndpoint.modelVariable).
        """
    )
    static let address = Option<String?>(
        "embedding-url",
        value: "URL",
        """
        Where it is served. Default: $\(EmbeddingEndpoint.addressVariable), $OPENAI_BASE_URL, else OpenAI's own. The key is \
        read from $\(EmbeddingEndpoint.keyVariable), or from $OPENAI_API_KEY for the server of $OPENAI_BASE_URL.
        """
    )
    static let dimensions = Option<Int?>(
        "embedding-dimensions",
        value: "N",
        as: .integer(in: 1...16_384),
        "Length of its vectors. Without it the server is asked once at each start."
    )
    static let queryPrefix = Option<String?>(
        "embedding-query-prefix",
        value: "TEXT",
        "What the model wants before a text that is searched for."
    )
    static let documentPrefix = Option<String?>(
        "embedding-document-prefix",
        value: "TEXT",
        "What the model wants before a text that is to be found."
    )

    let title: String? = "Vectors"
    let parameters: [any ParameterDeclaration] = [
        encoder, model, address, dimensions, queryPrefix, documentPrefix,
    ]
}

extension CommandContext {
    /// Takes over which encoder command line and environment name.
    func chooseEncoder(_ values: ParsedValues, for options: inout RouterOptions) throws {
        func given<Value>(_ option: Option<Value?>) -> Value? { values.wasGiven(option) ? values[option] : nil }
        if let folder = given(EncoderOptions.encoder) {
            if values.wasGiven(EncoderOptions.model) {
                throw CommandError.usage("--encoder and --embedding-model cannot be used together")
            }
            options.installation.encoder = FileSystem.absolute(folder)
            return
        }
        guard
            var endpoint = try EmbeddingEndpoint.configured(
                model: given(EncoderOptions.model),
                address: given(EncoderOptions.address),
                dimensions: given(EncoderOptions.dimensions),
                environment: { environment[$0] }
            )
        else {
            let others: [any CommandParameter] = [
                EncoderOptions.dimensions, EncoderOptions.queryPrefix, EncoderOptions.documentPrefix,
            ]
            for option in others where values.wasGiven(option) {
                throw CommandError.usage("\(option.specification.label) is given, but no --embedding-model")
            }
            return
        }
        endpoint.queryPrefix = given(EncoderOptions.queryPrefix) ?? ""
        endpoint.documentPrefix = given(EncoderOptions.documentPrefix) ?? ""
        if endpoint.exposesKey { console.warn("the key travels readably to \(endpoint.address); use https") }
        options.embeddingEndpoint = endpoint
    }
}
