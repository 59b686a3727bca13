import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog

/// How an API lets its callers in, and which environment variables hold what they show.
struct OpenAPISecurity {
    private let document: OpenAPIDocument
    /// What names of variables start with.
    private let prefix: String

    /// - Parameter name: of the source, such as `petstore`.
    init(_ document: OpenAPIDocument, name: String) {
        self.document = document
        prefix = ToolNaming.variable(name)
    }

    /// The ways into one operation; each way that cannot be used is remarked on and left out.
    func authorizations(of operation: JSONValue) -> (ways: [[HTTPOperation.Authorization]], remarks: [String]) {
        guard let requirements = (operation["security"] ?? document.root["security"])?.arrayValue, !requirements.isEmpty
        else { return ([], []) }
        var ways: [[HTTPOperation.Authorization]] = []
        var remarks: [String] = []
        for requirement in requirements {
            var parts: [HTTPOperation.Authorization] = []
            var fault: String?
            for name in requirement.objectValue?.keys ?? [] {
                switch part(name) {
                case .success(let part): parts.append(part)
                case .failure(let problem): fault = problem.message
                }
            }
            if let fault { remarks.append(fault) } else { ways.append(parts) }
        }
        return (ways, remarks)
    }

    private func part(_ name: String) -> Result<HTTPOperation.Authorization, DocumentFault> {
        guard let written = document.root["components"]?["securitySchemes"]?[name],
            let scheme = try? document.resolved(written)
        else {
            return .failure(DocumentFault(.unreadable, "the security scheme '\(CleanedText.label(name))' is not there"))
        }
        let variable = variable(name)
        switch (scheme["type"]?.stringValue, scheme["scheme"]?.stringValue?.lowercased()) {
        case ("http", "basic"): return .success(.init(variable: variable, prefix: "Basic ", isBasic: true))
        case ("http", "bearer"), ("oauth2", _), ("openIdConnect", _): return .success(.init(variable: variable))
        case ("apiKey", _):
            let place: HTTPOperation.Place? =
                switch scheme["in"]?.stringValue {
                case "header": .header
                case "query": .query
                case "cookie": .cookie
                default: nil
                }
            guard let place, let there = scheme["name"]?.stringValue, !there.isEmpty,
                place == .query || HTTPHeaders.isToken(there)
            else { break }
            return .success(.init(variable: variable, place: place, name: there, prefix: ""))
        default: break
        }
        return .failure(
            DocumentFault(
                .unreadable,
                "the security scheme '\(CleanedText.label(name))' is of a kind that cannot be used"
            )
        )
    }

    /// `PETSTORE_API_KEY` for the scheme `api_key` of `petstore`.
    private func variable(_ scheme: String) -> String {
        let name = ToolNaming.variable(scheme)
        if name == prefix || name.hasPrefix(prefix + "_") { return name }
        return name.isEmpty ? prefix + "_TOKEN" : "\(prefix)_\(name)"
    }
}
