package import HTTPTransport

/// What a user says about logging in to one server.
package struct AuthorizationSettings: Sendable, Hashable {
    /// Issuer of the authorization server; nil for the first the server names.
    package var issuer: String?
    /// A client that was registered there by hand; nil to register one.
    package var clientID: String?
    package var clientSecret: Secret?
    /// Address of a document about this client, which is its name where the authorization server reads such documents.
    package var clientDocument: String?
    /// Asked for where the server does not say what it needs.
    package var scopes: [String]
    /// The port the browser comes back to; 0 for any. Clients registered by hand may be bound to one.
    package var redirectPort: Int

    package init(
        issuer: String? = nil,
        clientID: String? = nil,
        clientSecret: Secret? = nil,
        clientDocument: String? = nil,
        scopes: [String] = [],
        redirectPort: Int = 0
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.clientDocument = clientDocument
        self.scopes = scopes
        self.redirectPort = redirectPort
    }
}
