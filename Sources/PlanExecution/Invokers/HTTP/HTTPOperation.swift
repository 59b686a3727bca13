package import HTTPTransport

/// One operation of an HTTP API, described well enough to be called as a tool.
package struct HTTPOperation: Sendable, Hashable {
    /// Where an argument goes.
    package enum Place: String, Sendable, Hashable, CaseIterable {
        case path, query, header, cookie
        /// A member of the JSON body.
        case body
        /// The whole JSON body.
        case wholeBody
        /// A member of a body that is written as forms are (`application/x-www-form-urlencoded`).
        case form
        /// The whole body, as text.
        case text
    }

    /// How a list or an object is written where only text can stand.
    package enum Style: String, Sendable, Hashable, CaseIterable {
        /// Once for each element: `tag=a&tag=b`. In a path or header, where there is one place only, with commas.
        case repeated
        /// In one text, with something between: `tag=a,b`.
        case commas, spaces, pipes
        /// An object's members by name: `filter[color]=red`.
        case deepObject
        /// As JSON.
        case json
    }

    /// One argument: its place, and what it is called there.
    package struct Parameter: Sendable, Hashable {
        package var place: Place
        package var name: String
        package var style: Style

        package init(_ place: Place, _ name: String, style: Style = .repeated) {
            self.place = place
            self.name = name
            self.style = style
        }
    }

    /// A secret from an environment variable, and where it goes.
    package struct Authorization: Sendable, Hashable {
        package var variable: String
        /// A header, a query item or a cookie.
        package var place: Place
        package var name: String
        /// What stands before the secret, for example `Bearer `.
        package var prefix: String
        /// The secret is `user:password`, and is sent in base64 (RFC 7617).
        package var isBasic: Bool

        package init(
            variable: String,
            place: Place = .header,
            name: String = "Authorization",
            prefix: String = "Bearer ",
            isBasic: Bool = false
        ) {
            self.variable = variable
            self.place = place
            self.name = name
            self.prefix = prefix
            self.isBasic = isBasic
        }
    }

    /// Scheme, host and port, which calls of other operations may share.
    var origin: String {
        let parts = template.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/").lowercased()
    }

    package var method: HTTPMethod
    /// With names in braces, `https://api.example.org/items/{id}`; only the path may hold them.
    package var template: String
    /// By the argument's name; an argument that is not named goes into the body of a request that has one, else the query.
    package var parameters: [String: Parameter]
    /// Sent with every request.
    package var headers: HTTPHeaders
    /// Ways to be let in; of each, all parts are sent. The first whose variables are set is taken; none is needed where
    /// there are no ways, or one has no parts.
    package var authorizations: [[Authorization]]
    /// The name of the header that carries the idempotency key; nil where the server is not to get one.
    package var idempotencyHeader: String?

    package init(
        _ method: HTTPMethod,
        _ template: String,
        parameters: [String: Parameter] = [:],
        headers: HTTPHeaders = [:],
        authorization: Authorization? = nil,
        authorizations: [[Authorization]] = [],
        idempotencyHeader: String? = "Idempotency-Key"
    ) {
        self.method = method
        self.template = template
        self.parameters = parameters
        self.headers = headers
        self.authorizations = authorization.map { [[$0]] } ?? authorizations
        self.idempotencyHeader = idempotencyHeader
    }
}
