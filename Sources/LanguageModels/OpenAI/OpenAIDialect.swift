import HTTPTransport

/// What is known of the dialect one server speaks; it is learnt from what the server refuses.
///
/// Each lesson makes a request plainer and is learnt once, so asking again with what was learnt comes to an end.
struct OpenAIDialect: Sendable, Hashable {
    /// What a server may be told about the form of a reply.
    enum Form: Sendable, Hashable {
        /// `response_format` of type `json_schema`.
        case schema
        /// `response_format` of type `json_object`; a schema then stands in the instructions.
        case object
    }

    /// What the longest length of a reply is called.
    enum LengthName: String, Sendable, Hashable {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"

        var other: LengthName { self == .maxTokens ? .maxCompletionTokens : .maxTokens }
    }

    /// Forms the server does not take.
    var refusedForms: Set<Form> = []
    var lengthName: LengthName
    /// Parameters the server does not take.
    var withheld: Set<String> = []
    private var hasSwitchedLength = false

    /// Parameters a request can do without; of two that exclude each other the first is.
    private static let dispensable = ["top_p", "temperature", "seed", "stop", "stream_options", "tool_choice"]

    /// What can be assumed of a server before it was asked.
    init(for endpoint: ChatEndpoint) {
        lengthName = endpoint.baseURL.host == "api.openai.com" ? .maxCompletionTokens : .maxTokens
    }

    /// Learns from a refusal; false when it teaches nothing about the dialect.
    mutating func learn(from refusal: EndpointErrorBody, of request: ChatRequest) -> Bool {
        if let form = form(for: request.responseFormat), Self.refusesForm(refusal) {
            refusedForms.insert(form)
            return true
        }
        if request.parameters.maximumTokens != nil, !hasSwitchedLength, refusal.refuses(lengthName.rawValue) {
            lengthName = lengthName.other
            hasSwitchedLength = true
            return true
        }
        for name in Self.dispensable where !withheld.contains(name) && refusal.refuses(name) {
            withheld.insert(name)
            return true
        }
        return false
    }

    /// The strictest form the server may be told; nil where only the instructions are left.
    func form(for format: ChatResponseFormat) -> Form? {
        let choices: [Form] =
            switch format {
            case .text: []
            case .json: [.object]
            case .schema: [.schema, .object]
            }
        return choices.first { !refusedForms.contains($0) }
    }

    private static func refusesForm(_ refusal: EndpointErrorBody) -> Bool {
        ["response_format", "json_schema", "json_object", "structured output", "grammar", "guided", "schema"]
            .contains { refusal.refuses($0) || refusal.objects(to: $0) }
    }

    /// What both know to be refused: for calls that learnt at the same time.
    func merged(with other: OpenAIDialect) -> OpenAIDialect {
        var merged = self
        merged.refusedForms.formUnion(other.refusedForms)
        if other.hasSwitchedLength {
            merged.lengthName = other.lengthName
            merged.hasSwitchedLength = true
        }
        merged.withheld.formUnion(other.withheld)
        return merged
    }
}
