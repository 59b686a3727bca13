package import HTTPTransport

/// Who may talk to a server over HTTP: from which pages, under which names, with which tokens.
///
/// A page anywhere can make a browser send requests to this machine, so an address of this machine proves nothing.
package struct HTTPAccess: Sendable {
    /// Says who a token belongs to; nil for nobody.
    package typealias TokenCheck = @Sendable (_ token: String) async -> String?

    /// Names the server is reached by, without port: what `Host` may say.
    package var hosts: Set<String>
    /// Origins of pages that may send requests.
    package var origins: Set<String>
    /// Nil lets everybody in who reaches the server.
    package var checkToken: TokenCheck?
    /// Address of the document that says where tokens are to be had (RFC 9728).
    package var resourceMetadata: String?

    package init(
        hosts: Set<String> = Self.loopbackHosts,
        origins: Set<String> = [],
        checkToken: TokenCheck? = nil,
        resourceMetadata: String? = nil
    ) {
        self.hosts = hosts
        self.origins = origins
        self.checkToken = checkToken
        self.resourceMetadata = resourceMetadata
    }

    package static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

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
        let hosts = request.headers.values(of: "Host")
        guard hosts.count == 1, let host = hosts.first, self.hosts.contains(Self.name(of: host)) else {
            throw Refusal(status: 421, reason: "this server does not answer under that name; name it with --allow-host")
        }
        for origin in request.headers.values(of: "Origin") {
            // A page this server itself delivered may ask it; `null` is what files and sandboxed frames send.
            let isOwn = ["http://\(host.lowercased())", "https://\(host.lowercased())"].contains(origin.lowercased())
            guard isOwn || origins.contains(origin.lowercased()) else {
                throw Refusal(status: 403, reason: "pages of that origin may not use this server")
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

    private static func name(of host: String) -> String {
        let lowered = host.lowercased()
        guard let colon = lowered.lastIndex(of: ":"), lowered[colon...].dropFirst().allSatisfy(\.isNumber) else {
            return lowered
        }
        return String(lowered[..<colon])
    }

    private static func bearerToken(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 16 << 10 else { return nil }
        return String(parts[1])
    }
}
