import HTTPTransport
import JSONSchema

/// The description of all the others.
enum DescriptionEndpoint {
    static func endpoint(_ document: [UInt8]) -> Endpoint {
        Endpoint(
            method: .get,
            path: "/openapi.json",
            operation: "getDescription",
            summary: "This description.",
            tag: "service",
            answers: [.init(status: 200, summary: "OpenAPI 3.1.")]
        ) { _ in
            ServiceReply(
                status: 200,
                headers: ["Content-Type": "application/json", "Cache-Control": "no-cache"],
                body: .bytes(document)
            )
        }
    }
}
