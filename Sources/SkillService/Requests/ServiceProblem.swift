import HTTPTransport
import JSONSchema

/// Why a request is not answered as it wanted to be (RFC 9457).
struct ServiceProblem: Error, Sendable, Hashable {
    var status: HTTPStatus
    /// A stable word for programs.
    var code: String
    /// What happened, in a sentence.
    var detail: String
    /// What to do next.
    var hint: String?
    /// Every single fault, where there are several.
    var problems: [String] = []
    var headers: [String: String] = [:]

    init(_ status: HTTPStatus, _ code: String, _ detail: String, hint: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    static func badInput(_ detail: String) -> ServiceProblem { ServiceProblem(400, "invalid-input", detail) }

    /// - Parameter id: the request's.
    func response(for id: String) -> HTTPServerResponse {
        var members: JSONObject = [
            "type": "about:blank", "title": .string(title), "status": JSONValue(status.code), "code": .string(code),
            "detail": .string(detail),
        ]
        members["hint"] = hint.map(JSONValue.string)
        if !problems.isEmpty { members["problems"] = JSONValue(problems) }
        members["request_id"] = .string(id)
        var response = HTTPServerResponse(
            status,
            "application/problem+json",
            JSONValue.object(members).serialized(),
            headers: ["Cache-Control": "no-store"]
        )
        for (name, value) in headers { response.headers[name] = value }
        return response
    }

    private var title: String { String(status.description.drop { $0 != " " }.dropFirst()) }
}

extension AccessRefusal {
    /// The refusal as any other problem.
    var problem: ServiceProblem {
        var problem = ServiceProblem(status, code, detail, hint: hint)
        for field in headers.fields { problem.headers[field.name] = field.value }
        return problem
    }
}
