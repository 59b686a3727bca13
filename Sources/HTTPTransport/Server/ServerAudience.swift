import Glibc

/// Under which names a server answers, and pages of which origins may ask it.
///
/// A page anywhere can make a browser send requests to this machine, also under a name of its own that it lets mean this
/// machine (DNS rebinding), so that an address of this machine proves nothing.
package struct ServerAudience: Sendable, Hashable {
    /// Names the server is reached by, in lower case and without port: what `Host` may say.
    package var hosts: Set<String>
    /// Origins of pages that may ask, in lower case, beside pages the server itself delivers: `https://app.example`.
    package var origins: Set<String>

    package init(hosts: Set<String> = Self.loopbackHosts, origins: Set<String> = []) {
        self.hosts = hosts
        self.origins = origins
    }

    /// What programs of this machine call it.
    package static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Why a request is not for this server.
    package enum Refusal: Error, Sendable, Hashable {
        /// To be answered with 421.
        case foreignHost
        /// To be answered with 403.
        case foreignOrigin
    }

    /// Lets a request through that names this server, and that no foreign page sends.
    package func check(_ headers: HTTPHeaders) throws(Refusal) {
        let named = headers.values(of: "Host")
        guard named.count == 1, let host = named.first, hosts.contains(Self.name(of: host)) else { throw .foreignHost }
        let senders = headers.values(of: "Origin")
        for sender in senders {
            // `null` is what files and sandboxed frames send.
            guard isOwn(sender, host) || origins.contains(sender.lowercased()) else { throw .foreignOrigin }
        }
        // Images, scripts and forms of foreign pages come without an origin; links that a person follows may come too.
        let site = headers["Sec-Fetch-Site"]?.lowercased()
        guard
            !senders.isEmpty || site != "cross-site" && site != "same-site"
                || headers["Sec-Fetch-Mode"]?.lowercased() == "navigate"
        else { throw .foreignOrigin }
    }

    /// Whether a request comes from a page of another origin that is among those that may ask.
    package func isAllowedPage(_ origin: String) -> Bool { origins.contains(origin.lowercased()) }

    /// Whether a `Host` is one of those only programs of this machine use.
    package static func isLoopback(_ host: String) -> Bool { loopbackHosts.contains(name(of: host)) }

    /// Whether an interface to listen on, as options name it, is reached from this machine alone.
    package static func isLoopbackInterface(_ host: String) -> Bool {
        loopbackHosts.contains(host.lowercased()) || host == "::1"
            || host.hasPrefix("127.") && isIPv4(host)
    }

    /// An origin as browsers write it: scheme, host and port alone; nil for `*`, `null`, and what has a path.
    package static func origin(_ text: String) -> String? {
        let lowered = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { return nil }
        let authority = lowered.dropFirst(scheme.count)
        let allowed = authority.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default: false
            }
        }
        return authority.isEmpty || !allowed ? nil : lowered
    }

    private func isOwn(_ origin: String, _ host: String) -> Bool {
        ["http://\(host.lowercased())", "https://\(host.lowercased())"].contains(origin.lowercased())
    }

    private static func name(of host: String) -> String {
        let lowered = host.lowercased()
        guard let colon = lowered.utf8.lastIndex(of: UInt8(ascii: ":")),
            lowered.utf8[colon...].dropFirst().allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return lowered }
        return String(lowered[..<colon])
    }

    private static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }
}
