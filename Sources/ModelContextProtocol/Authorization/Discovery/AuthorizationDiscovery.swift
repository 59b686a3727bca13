package import HTTPTransport
import JSONSchema

/// Finds out where the tokens of a server are to be had.
package struct AuthorizationDiscovery: Sendable {
    let server: HTTPURL
    let client: any HTTPClient
    /// The authorization server the user names; it must be one of the server's own, or the server names none.
    let issuer: String?

    /// Largest document that is read; real ones have 1 to 10 KB.
    static let maximumDocumentBytes = 64 << 10

    /// What was found.
    package struct Found: Sendable, Hashable {
        /// The name tokens are asked for under.
        package var resource: String
        /// What the server's metadata says its tokens may be for.
        package var scopes: [String]?
        package var authorizationServer: AuthorizationServerMetadata
    }

    private var rule: AddressRule { AddressRule(for: server) }

    package init(_ server: HTTPURL, client: any HTTPClient, issuer: String? = nil) {
        self.server = server
        self.client = client
        self.issuer = issuer
    }

    /// - Throws: `AuthorizationError`, `ConnectionError.network` or `CancellationError`.
    package func find(_ challenge: AuthorizationChallenge) async throws -> Found {
        try rule.check(server, as: "the server")
        let resource: ResourceMetadata
        do {
            resource = try await self.resource(challenge)
        } catch let error as AuthorizationError where error.kind == .noMetadata {
            // A server that names nobody may still be used with whom the user names.
            guard let issuer else { throw error }
            return Found(
                resource: ResourceIdentifier.canonical(server),
                authorizationServer: try await authorizationServer(issuer)
            )
        }
        if let issuer, !resource.authorizationServers.contains(issuer) {
            throw AuthorizationError(
                .otherIssuer,
                "\(server)",
                "the configuration names \(issuer), the server \(resource.authorizationServers.joined(separator: ", "))"
            )
        }
        return Found(
            resource: resource.resource,
            scopes: resource.scopes,
            authorizationServer: try await authorizationServer(issuer ?? resource.authorizationServers[0])
        )
    }

    private func resource(_ challenge: AuthorizationChallenge) async throws -> ResourceMetadata {
        let places = challenge.resourceMetadata.map { [$0] } ?? ResourceMetadata.places(of: server)
        return try await first(of: places, missing: AuthorizationError(.noMetadata, "\(server)")) { json, place in
            try ResourceMetadata(json, at: place, of: server, rule: rule)
        }
    }

    private func authorizationServer(_ issuer: String) async throws -> AuthorizationServerMetadata {
        let url = try rule.address(issuer, as: "the authorization server")
        guard url.query == nil else {
            throw AuthorizationError(.addressRefused, issuer, "the authorization server's address holds a query")
        }
        let missing = AuthorizationError(.noMetadata, issuer, "the authorization server publishes no metadata")
        return try await first(of: AuthorizationServerMetadata.places(of: url), missing: missing) { json, place in
            try AuthorizationServerMetadata(json, at: place, issuer: issuer, rule: rule)
        }
    }

    /// The first usable document; else what was wrong with the first that is one.
    private func first<Document>(
        of places: [String],
        missing: AuthorizationError,
        _ read: (JSONValue, HTTPURL) throws -> Document
    ) async throws -> Document {
        var problem: AuthorizationError?
        for place in places {
            let url = try rule.address(place, as: "the address of the metadata")
            do {
                guard let json = try await document(url) else { continue }
                return try read(json, url)
            } catch let error as AuthorizationError {
                problem = problem ?? error
            }
        }
        throw problem ?? missing
    }

    /// Nil where nothing of the kind stands there.
    private func document(_ url: HTTPURL) async throws -> JSONValue? {
        let request = HTTPRequest(
            .get,
            url,
            headers: ["Accept": "application/json", MirroredHeaders.version: ProtocolVersion.v2026_07_28.rawValue],
            limits: HTTPLimits(
                idleTimeout: .seconds(15),
                totalTimeout: .seconds(30),
                maximumBodyBytes: Self.maximumDocumentBytes
            ),
            addressCheck: rule.addressCheck
        )
        do {
            let policy = HTTPRedirectPolicy(maximumCount: 3, crossesOrigins: false)
            let response = try await client.stream(request, following: policy)
            guard response.status == 200 else {
                if response.status.isServerError {
                    throw AuthorizationError(.malformedDocument, "\(url)", "\(response.status)")
                }
                return nil
            }
            let body = try await response.collected().body
            do { return try JSONParser.parse(utf8: body) } catch {
                // Many sites answer every address with a page.
                if response.headers.mediaType != "application/json" { return nil }
                throw AuthorizationError(.malformedDocument, "\(url)", error.description)
            }
        } catch let error as HTTPError {
            switch error.kind {
            case .bodyTooLarge:
                throw AuthorizationError(
                    .malformedDocument,
                    "\(url)",
                    "it has more than \(Self.maximumDocumentBytes) bytes"
                )
            case .redirectRefused, .addressRefused:
                throw AuthorizationError(.addressRefused, "\(url)", "\(error)")
            default: throw ConnectionError.network(error)
            }
        }
    }
}
