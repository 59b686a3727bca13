import JSONSchema

extension ClientCapabilities {
    /// Whether this client says it can answer that.
    package func allows(_ question: InputRequest) -> Bool {
        switch question {
        case .elicitation(let request):
            switch request.params {
            case .form: elicitation?.showsForms ?? false
            case .url: elicitation?.opensURLs ?? false
            }
        case .sampling: sampling != nil
        case .roots: roots != nil
        }
    }
}

extension InputRequest {
    /// What a client must be able to do to answer this, as its capabilities would say it.
    var requiredCapability: JSONObject {
        switch self {
        case .elicitation(let request):
            switch request.params {
            case .form: ["elicitation": ["form": [:]]]
            case .url: ["elicitation": ["url": [:]]]
            }
        case .sampling: ["sampling": [:]]
        case .roots: ["roots": [:]]
        }
    }
}
