import HTTPTransport
import JSONSchema

/// One thing the service does: where it is asked for, what it takes and answers, who may ask, and how it is done.
///
/// The OpenAPI document and the check of requests come from the same declaration, so that they cannot differ.
struct Endpoint: Sendable {
    /// A field of the query.
    struct Parameter: Sendable {
        var name: String
        var schema: JSONValue
        var summary: String
        var isRequired = false
    }

    /// What is sent along.
    struct Body: Sendable {
        /// Name of the schema in the document.
        var schema: Shape
        var maximumBytes = 1 << 20
    }

    /// One answer that is no problem.
    struct Answer: Sendable {
        var status: HTTPStatus
        var summary: String
        /// Nil for an answer without a body.
        var shape: Shape?
        var mediaType = "application/json"
        var headers: [String: String] = [:]
    }

    var method: HTTPMethod
    var path: PathTemplate
    /// What client generators call it.
    var operation: String
    var summary: String
    /// Group in the document.
    var tag: String
    /// What a caller needs; nil where everybody may ask.
    var scope: AccessScope?
    var parameters: [Parameter] = []
    var body: Body?
    var answers: [Answer]
    /// Statuses of problems that belong to it, beside those every endpoint has.
    var problems: [Int] = []
    /// Takes work of the kind that is limited: as many at a time, for so long.
    var isHeavy = false
    /// An answer that goes on until its client leaves.
    var isStream = false
    var perform: @Sendable (ServiceCall) async throws -> ServiceReply
}
