/// What holds for every request of a client.
package struct HTTPClientOptions: Sendable, Hashable {
    package var userAgent: String
    package var proxy: HTTPProxy
    package var trust: HTTPTrust
    /// Most connections to one server at a time; what is beyond waits.
    package var connectionsPerHost: Int

    package init(
        userAgent: String = ProgramVersion.userAgent,
        proxy: HTTPProxy = .none,
        trust: HTTPTrust = HTTPTrust(),
        connectionsPerHost: Int = 64
    ) {
        self.userAgent = userAgent
        self.proxy = proxy
        self.trust = trust
        self.connectionsPerHost = max(1, connectionsPerHost)
    }

    /// Proxies and certificates as the environment says: `http_proxy`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`,
    /// `SSL_CERT_FILE`, `SSL_CERT_DIR`.
    ///
    /// - Throws: where a variable holds something that cannot be used; the message names it.
    package init(environment: (String) -> String?) throws(HTTPError) {
        self.init(proxy: try HTTPProxy(environment: environment), trust: HTTPTrust(environment: environment))
    }
}

/// Whose certificates a server's identity is checked with; it always is.
package struct HTTPTrust: Sendable, Hashable {
    /// PEM file of authorities; nil for the system's.
    package var file: String?
    /// Folder of authorities, as `openssl rehash` makes it.
    package var folder: String?

    package init(file: String? = nil, folder: String? = nil) {
        self.file = file
        self.folder = folder
    }

    init(environment: (String) -> String?) {
        func path(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
        self.init(file: path("SSL_CERT_FILE"), folder: path("SSL_CERT_DIR"))
    }
}
