package import HTTPTransport

/// Where a language model is asked, which one, and with which key.
public struct ChatEndpoint: Sendable, Hashable {
    /// Which interface the server speaks.
    public enum Provider: String, Sendable, Hashable, CaseIterable {
        /// `/chat/completions`, as OpenAI, Ollama, llama.cpp, vLLM and LM Studio offer it.
        case openAI = "openai"
        /// Anthropic's Messages.
        case anthropic

        /// The variable the key is read from.
        var keyVariable: String { self == .openAI ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY" }
        var addressVariable: String { self == .openAI ? "OPENAI_BASE_URL" : "ANTHROPIC_BASE_URL" }
        var defaultAddress: String { self == .openAI ? "https://api.openai.com/v1" : "https://api.anthropic.com/v1" }
    }

    public let provider: Provider
    /// The model's name, as the server knows it.
    public let model: String
    /// What the paths of the interface are added to.
    package let baseURL: HTTPURL
    package let key: Secret?

    /// An endpoint of these parts.
    ///
    /// - Parameters:
    ///   - address: http or https; nil for the provider's own. An address without a path gets `/v1`.
    ///   - key: nil for servers that want none.
    /// - Throws: what is missing or wrong, and how to set it.
    public init(
        provider: Provider = .openAI,
        model: String,
        address: String? = nil,
        key: String? = nil
    ) throws(ChatEndpointError) {
        let model = String(model.trimmingBlanks)
        guard !model.isEmpty else { throw .noModel(address: address) }
        self.provider = provider
        self.model = model
        baseURL = try Self.base(address ?? provider.defaultAddress, of: provider)
        let key = String((key ?? "").trimmingBlanks)
        guard HTTPHeaders.isValue(key), key.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw .invalidKey(variable: provider.keyVariable)
        }
        self.key = key.isEmpty ? nil : Secret(key)
        if self.key == nil, !baseURL.hasCredentials, Self.hosted.contains(baseURL.host) {
            throw .noKey(variable: provider.keyVariable, host: baseURL.host)
        }
    }

    private static let hosted: Set = ["api.openai.com", "api.anthropic.com"]

    private static func base(_ address: String, of provider: Provider) throws(ChatEndpointError) -> HTTPURL {
        do {
            var url = try HTTPURL(String(address.trimmingBlanks))
            for tail in ["/chat/completions", "/messages"] where url.path.hasSuffix(tail) {
                url = url.replacing(path: String(url.path.dropLast(tail.utf8.count)))
            }
            return url.path == "/" || url.path.isEmpty ? url.replacing(path: "/v1") : url
        } catch {
            throw .invalidAddress(detail: error.detail, variable: provider.addressVariable)
        }
    }

    /// Where it is, without secrets.
    public var address: String { baseURL.description }

    /// Whether the key would travel readably to another machine.
    public var exposesKey: Bool { key != nil && baseURL.scheme == .http && !baseURL.isLoopback }
}

extension ChatEndpoint: CustomStringConvertible {
    /// The model and where it is asked, without secrets.
    public var description: String { "\(model) at \(address)" }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmingBlanks: SubSequence {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
