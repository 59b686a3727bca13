/// Who sends a request to the service.
package struct ServicePrincipal: Sendable, Hashable {
    /// The token's identifier, never its text; what is done, and what is asked for again, is remembered under it.
    package var id: String
    /// What the token is called.
    package var name: String
    /// What the caller may do, with what comes with it.
    package var scopes: Set<AccessScope>
    /// Whether a token was shown.
    package var isAuthenticated: Bool

    package init(id: String, name: String, scopes: Set<AccessScope>, isAuthenticated: Bool = true) {
        self.id = id
        self.name = name
        self.scopes = scopes.withImplied
        self.isAuthenticated = isAuthenticated
    }

    /// Somebody without a token.
    package static func anonymous(_ scopes: Set<AccessScope>) -> ServicePrincipal {
        ServicePrincipal(id: "anonymous", name: "anonymous", scopes: scopes, isAuthenticated: false)
    }

    package func may(_ scope: AccessScope) -> Bool { scopes.contains(scope) }
}
