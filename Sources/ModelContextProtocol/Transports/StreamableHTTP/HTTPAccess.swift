package import HTTPTransport

/// Who may talk to a server over HTTP: from which pages, under which names, with which tokens.
package struct HTTPAccess: Sendable {
    /// Says who a token belongs to; nil for nobody.
    package typealias TokenCheck = @Sendable (_ token: String) async -> String?

    /// The names it answers under, and the pages that may ask.
    package var audience: ServerAudience
    /// Nil lets everybody in who reaches the server.
    package var checkToken: TokenCheck?
    /// Address of the document that says where tokens are to be had (RFC 9728).
    package var resourceMetadata: String?

    package init(
        audience: ServerAudience = ServerAudience(),
        checkToken: TokenCheck? = nil,
        resourceMetadata: String? = nil
    ) {
        self.audience = audience
        self.checkToken = checkToken
        self.resourceMetadata = resourceMetadata
    }

    /// Why a request is turned away.
    package struct Refusal: Error, Sendable, Hashable {
        package var status: HTTPStatus
        package var reason: String
        package var challenge: String?
    }

    /// Who sends a request.
    ///
    /// - Throws: `Refusal` where it may not be answered.
    package func admit(_ request: HTTPServerRequest) async throws(Refusal) -> String {
        do throws(ServerAudience.Refusal) {
            try audience.check(request.headers)
        } catch {
            switch error {
            case .foreignHost:
                let reason = "this server does not answer under that name; name it with --allow-host"
                throw Refusal(status: 421, reason: reason)
            case .foreignOrigin: throw Refusal(status: 403, reason: "pages of that origin may not use this server")
            }
        }
        guard let checkToken else { return "anybody" }
        let values = request.headers.values(of: "Authorization")
        guard values.count == 1, let token = Self.bearerToken(values.first ?? "") else {
            throw refusal(nil, "a bearer token is needed")
        }
        guard let principal = await checkToken(token) else {
            throw refusal("invalid_token", "the token is not valid, or no longer")
        }
        return principal
    }

    private func refusal(_ error: String?, _ reason: String) -> Refusal {
        var parts: [String] = []
        if let error { parts.append("error=\"\(error)\"") }
        if let resourceMetadata { parts.append("resource_metadata=\"\(resourceMetadata)\"") }
        let challenge = (["Bearer"] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")])).joined(separator: " ")
        return Refusal(status: 401, reason: reason, challenge: challenge)
    }

    private static func bearerToken(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 16 << 10 else { return nil }
        return String(parts[1])
    }
}
