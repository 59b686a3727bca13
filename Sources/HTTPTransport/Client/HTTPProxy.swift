/// Which requests go through a proxy.
package struct HTTPProxy: Sendable, Hashable {
    /// For http addresses; nil goes straight to the server.
    package var http: HTTPURL?
    /// For https addresses; the proxy sees only which server is meant.
    package var https: HTTPURL?
    /// Hosts that are never asked through a proxy: names, domains, addresses, networks; `*` for all.
    package var exceptions: [String]

    /// Every request goes straight to its server, whatever the environment says.
    package static let none = HTTPProxy(http: nil, https: nil)

    package init(http: HTTPURL?, https: HTTPURL?, exceptions: [String] = []) {
        self.http = http
        self.https = https
        self.exceptions = exceptions
    }

    /// One proxy for all requests.
    package init(_ proxy: HTTPURL, exceptions: [String] = []) {
        self.init(http: proxy, https: proxy, exceptions: exceptions)
    }

    /// What the usual variables say.
    ///
    /// `HTTP_PROXY` in upper case is not looked at: in a CGI program it is a header of the request.
    package init(environment: (String) -> String?) throws(HTTPError) {
        func first(_ names: [String]) throws(HTTPError) -> HTTPURL? {
            for name in names {
                guard let text = environment(name), !text.isEmpty else { continue }
                do {
                    return try HTTPURL(text.contains("://") ? text : "http://\(text)")
                } catch {
                    throw HTTPError(.invalidRequest, detail: "\(name) is no address of a proxy: \(error.detail)")
                }
            }
            return nil
        }
        let exceptions = environment("no_proxy") ?? environment("NO_PROXY") ?? ""
        self.init(
            http: try first(["http_proxy", "all_proxy", "ALL_PROXY"]),
            https: try first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            exceptions: exceptions.split { $0 == "," || $0.isWhitespace }.map(String.init)
        )
    }

    func proxy(for url: HTTPURL) -> HTTPURL? { url.scheme == .http ? http : https }
}
