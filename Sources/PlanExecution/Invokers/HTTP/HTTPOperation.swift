package import HTTPTransport

/// One operation of an HTTP API, described well enough to be called as a tool.
package struct HTTPOperation: Sendable, Hashable {
    /// Where an argument goes.
    package enum Place: String, Sendable, Hashable {
        case path, query, header
        /// A member of the JSON body.
        case body
        /// The whole JSON body.
        case wholeBody
    }

    /// One argument: its place, and what it is called there.
    package struct Parameter: Sendable, Hashable {
        package var place: Place
        package var name: String

        package init(_ place: Place, _ name: String) {
            self.place = place
            self.name = name
        }
    }

    /// A secret from an environment variable, and where it goes.
    package struct Authorization: Sendable, Hashable {
        package var variable: String
        /// A header, or a query item.
        package var place: Place
        package var name: String
        /// What stands before the secret, for example `Bearer `.
        package var prefix: String

        package init(
            variable: String,
            place: Place = .header,
            name: String = "Authorization",
            prefix: String = "Bearer "
        ) {
            self.variable = variable
            self.place = place
            self.name = name
            self.prefix = prefix
        }
    }

    package var method: HTTPMethod
    /// With names in braces, `https://api.example.org/items/{id}`; only the path may hold them.
    package var template: String
    /// By the argument's name; an argument that is not named goes into the body of a request that has one, else the query.
    package var parameters: [String: Parameter]
    /// Sent with every request.
    package var headers: HTTPHeaders
    package var authorization: Authorization?
    /// The name of the header that carries the idempotency key; nil where the server is not to get one.
    package var idempotencyHeader: String?

    package init(
        _ method: HTTPMethod,
        _ template: String,
        parameters: [String: Parameter] = [:],
        headers: HTTPHeaders = [:],
        authorization: Authorization? = nil,
        idempotencyHeader: String? = "Idempotency-Key"
    ) {
        self.method = method
        self.template = template
        self.parameters = parameters
        self.headers = headers
        self.authorization = authorization
        self.idempotencyHeader = idempotencyHeader
    }
}
