import HTTPTransport
import JSONSchema
import Testing

@testable import SkillService

/// What the service's description says of an answer.
enum Promise {
    /// Fails the test where an answer is none of those the description lists.
    static func check(
        _ answer: ServiceFixture.Answer,
        of request: HTTPServerRequest,
        against service: SkillService
    ) throws {
        #expect(answer.headers["X-Request-Id"] != nil)
        guard let path = request.pathParts, case .endpoint(let endpoint, _) = service.table.match(request.method, path)
        else { return }
        let document = OpenAPIDocument.document(of: [endpoint.definition], version: "1")
        let operation = document["paths"]?[endpoint.definition.path.description]?[
            endpoint.definition.method.rawValue.lowercased()
        ]
        let promised = try #require(
            operation?["responses"]?[String(answer.status)],
            "\(endpoint.definition.operation) does not list \(answer.status): \(answer.text)"
        )
        guard let content = promised["content"]?.objectValue, let mediaType = answer.headers.mediaType else { return }
        let schema = try #require(
            content.first { $0.key == mediaType }?.value["schema"],
            "\(endpoint.definition.operation) does not list \(mediaType)"
        )
        guard answer.json != .null else { return }
        let whole: JSONValue = ["allOf": [schema], "components": ["schemas": Shapes.components]]
        let violations = try Schema(whole).violations(in: answer.json)
        #expect(violations.isEmpty, "\(endpoint.definition.operation): \(violations) in \(answer.text.prefix(2_000))")
    }
}
