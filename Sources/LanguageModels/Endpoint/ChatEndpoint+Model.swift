package import HTTPTransport

extension ChatEndpoint {
    /// The model at this endpoint.
    ///
    /// - Parameter environment: where proxies and certificates are looked up: `https_proxy`, `NO_PROXY`, `SSL_CERT_FILE`.
    /// - Throws: where a variable cannot be used.
    public func model(
        policy: ChatCallPolicy = ChatCallPolicy(),
        environment: (String) -> String?
    ) throws(ChatEndpointError) -> any ChatModel {
        model(policy: policy, client: CurlHTTPClient(options: try Self.clientOptions(environment)))
    }

    /// The model at this endpoint, asked with a client that others may use too.
    package func model(policy: ChatCallPolicy = ChatCallPolicy(), client: any HTTPClient) -> any ChatModel {
        let model: any ChatModel =
            switch provider {
            case .openAI: OpenAIChatModel(self, policy: policy, client: client)
            case .anthropic: AnthropicChatModel(self, policy: policy, client: client)
            }
        return ObservedChatModel(model, at: self)
    }

    package static func clientOptions(
        _ environment: (String) -> String?
    ) throws(ChatEndpointError) -> HTTPClientOptions {
        do {
            return try HTTPClientOptions(environment: environment)
        } catch {
            throw .invalidTransport(detail: error.detail)
        }
    }
}
