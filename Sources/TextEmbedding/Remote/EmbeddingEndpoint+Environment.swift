import HTTPTransport

extension EmbeddingEndpoint {
    /// The variable that names the model where no option does.
    public static let modelVariable = "SKILLWEAVER_EMBEDDING_MODEL"
    /// The variable with the address where no option gives one; before `OPENAI_BASE_URL`.
    public static let addressVariable = "SKILLWEAVER_EMBEDDING_URL"
    /// The variable with the key; before `OPENAI_API_KEY`.
    public static let keyVariable = "SKILLWEAVER_EMBEDDING_KEY"
    static let generalAddressVariable = "OPENAI_BASE_URL"
    static let generalKeyVariable = "OPENAI_API_KEY"

    /// The endpoint that options and environment describe; nil where they name no model.
    ///
    /// `OPENAI_API_KEY` goes to the server of `OPENAI_BASE_URL` (or OpenAI's own where that is not set) and to no other:
    /// another has its key in `SKILLWEAVER_EMBEDDING_KEY`.
    public static func configured(
        model: String? = nil,
        address: String? = nil,
        dimensions: Int? = nil,
        environment: (String) -> String?
    ) throws(EmbeddingError) -> EmbeddingEndpoint? {
        func variable(_ name: String) -> String? {
            environment(name).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        }
        let given = address ?? variable(addressVariable)
        guard let model = model ?? variable(modelVariable) else {
            guard address == nil else {
                throw EmbeddingError(
                    .endpointMisconfigured,
                    "an address for embeddings is given, but no model; use --embedding-model NAME"
                )
            }
            return nil
        }
        let general = variable(generalAddressVariable) ?? defaultAddress
        let place = try? HTTPURL(given ?? general)
        let isGeneral = place.flatMap { place in (try? HTTPURL(general))?.hasOrigin(of: place) } ?? false
        var endpoint = try EmbeddingEndpoint(
            model: model,
            address: given ?? general,
            key: variable(keyVariable) ?? (isGeneral ? variable(generalKeyVariable) : nil),
            dimensions: dimensions
        )
        do {
            endpoint.transport = try HTTPClientOptions(environment: environment)
        } catch {
            throw EmbeddingError(.endpointMisconfigured, error.detail)
        }
        return endpoint
    }
}
