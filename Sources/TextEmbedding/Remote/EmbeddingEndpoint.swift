package import HTTPTransport

/// Where an embedding model is asked, which one, and with which key: `/embeddings`, as OpenAI, Ollama, llama.cpp, vLLM,
/// LM Studio and Text Embeddings Inference offer it.
public struct EmbeddingEndpoint: Sendable, Hashable {
    /// The model's name, as the server knows it.
    public let model: String
    /// Length of its vectors; nil to ask the server once. Given, it is also asked for, of models that have several.
    public let dimensions: Int?
    /// What stands before a text that is searched for.
    public var queryPrefix = ""
    /// What stands before a text that is to be found.
    public var documentPrefix = ""
    /// Longest wait for one batch, repeated attempts included.
    public var timeout: Duration = .seconds(120)
    /// Batches that are on their way at the same time.
    public var concurrency = 4
    /// What the paths of the interface are added to.
    package let baseURL: HTTPURL
    package let key: Secret?
    /// Proxies and certificates.
    package var transport = HTTPClientOptions()

    static let defaultAddress = "https://api.openai.com/v1"

    /// Longest vectors that are taken.
    package static let mostDimensions = 16_384

    /// An endpoint of these parts.
    ///
    /// - Parameters:
    ///   - address: http or https; nil for OpenAI's. An address without a path gets `/v1`.
    ///   - key: nil for servers that want none.
    /// - Throws: what is missing or wrong, and how to set it.
    public init(
        model: String,
        address: String? = nil,
        key: String? = nil,
        dimensions: Int? = nil
    ) throws(EmbeddingError) {
        let model = Self.trimmed(model)
        guard !model.isEmpty else {
            throw EmbeddingError(.endpointMisconfigured, "no embedding model is named; use --embedding-model NAME")
        }
        if let dimensions, !(1...Self.mostDimensions).contains(dimensions) {
            throw EmbeddingError(
                .endpointMisconfigured,
                "vectors have 1 to \(Self.mostDimensions) values, not \(dimensions)"
            )
        }
        self.model = model
        self.dimensions = dimensions
        baseURL = try Self.base(address ?? Self.defaultAddress)
        let key = Self.trimmed(key ?? "")
        guard HTTPHeaders.isValue(key), key.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw EmbeddingError(
                .endpointMisconfigured,
                "the key of the embedding model holds a line break or another character that keys do not have"
            )
        }
        self.key = key.isEmpty ? nil : Secret(key)
        if self.key == nil, baseURL.host == "api.openai.com" {
            throw EmbeddingError(
                .endpointMisconfigured,
                "\(baseURL.host) wants a key; set \(Self.generalKeyVariable), or name another server with --embedding-url"
            )
        }
    }

    private static func base(_ address: String) throws(EmbeddingError) -> HTTPURL {
        do {
            var url = try HTTPURL(trimmed(address))
            let tail = "/embeddings"
            if url.path.hasSuffix(tail) { url = url.replacing(path: String(url.path.dropLast(tail.utf8.count))) }
            return url.path == "/" || url.path.isEmpty ? url.replacing(path: "/v1") : url
        } catch {
            throw EmbeddingError(
                .endpointMisconfigured,
                "the address of the embedding model is not usable: \(error.detail); correct --embedding-url"
            )
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Where it is, without secrets.
    public var address: String { baseURL.description }

    /// Whether the key would travel readably to another machine.
    public var exposesKey: Bool { key != nil && baseURL.scheme == .http && !baseURL.isLoopback }
}

extension EmbeddingEndpoint: CustomStringConvertible {
    /// The model and where it is asked, without secrets.
    public var description: String { "\(model) at \(address)" }
}
