/// Decides where a skill may connect to, by its grants.
///
/// A host's name and the address it leads to are both looked at: a granted name that leads to this machine, to a private
/// network or to a single link is refused unless such addresses are granted, too.
struct EgressPolicy: Sendable {
    /// Why a connection is refused; the words say which grant would allow it.
    struct Refusal: Error, Sendable, Hashable {
        var code: String
        var message: String
    }

    let grants: [NetworkGrant]

    /// Whether that name may be looked up, to connect to that port; nil stands for any.
    func checkName(_ name: String, port: Int?) throws(Refusal) {
        guard
            grants.contains(.publicNetwork) || isLoopbackName(name)
                || grants.contains(where: { Self.names($0, name, port) })
        else {
            throw Self.hostRefusal(name, port)
        }
    }

    /// Whether that address may be connected to.
    ///
    /// - Parameter names: the granted names that led to it in this session.
    func checkAddress(_ address: NetworkAddress, port: Int?, names: Set<String>) throws(Refusal) {
        guard address.reach != .nobody else {
            throw Refusal(code: "address-not-granted", message: "\(address.text) is the address of no single machine")
        }
        if grants.contains(where: { Self.names($0, address.text, port) }) { return }
        let isPublicGranted = grants.contains(.publicNetwork)
        let isNamed = names.contains { name in isPublicGranted || grants.contains { Self.names($0, name, port) } }
        switch address.reach {
        case .everyone where isNamed || isPublicGranted: return
        case .loopback where grants.contains(.loopback) || isLoopbackGranted(names, port): return
        case .privateNetwork where grants.contains(.privateNetworks): return
        case .linkLocal where grants.contains(.linkLocal): return
        default: break
        }
        guard isNamed, let word = Self.grantWord(address.reach) else { throw Self.hostRefusal(address.text, port) }
        let name = names.sorted().first ?? address.text
        throw Refusal(
            code: "address-not-granted",
            message: """
                \(name) leads to \(address.text), which is no public address; add "\(word)" to the network grants of this \
                skill if that is meant
                """
        )
    }

    /// The name `localhost` itself is granted.
    private func isLoopbackGranted(_ names: Set<String>, _ port: Int?) -> Bool {
        names.contains("localhost") && grants.contains { Self.names($0, "localhost", port) }
    }

    private func isLoopbackName(_ name: String) -> Bool {
        (name == "localhost" || name.hasSuffix(".localhost")) && grants.contains(.loopback)
    }

    private static func names(_ grant: NetworkGrant, _ name: String, _ port: Int?) -> Bool {
        guard case .host(let pattern, let granted) = grant else { return false }
        if let granted, let port, granted != port { return false }
        if pattern.hasPrefix("*.") {
            return name.utf8.count > pattern.utf8.count - 1 && name.hasSuffix(pattern.dropFirst())
        }
        return pattern == name
    }

    private static func grantWord(_ reach: NetworkAddress.Reach) -> String? {
        switch reach {
        case .loopback: "loopback"
        case .privateNetwork: "private"
        case .linkLocal: "link-local"
        case .everyone, .nobody: nil
        }
    }

    private static func hostRefusal(_ host: String, _ port: Int?) -> Refusal {
        let grant = NetworkGrant.host(host, port: port).description
        return Refusal(
            code: "network-not-granted",
            message: "\(grant) is not granted to this skill; add \"\(grant)\" to its network grants to allow it"
        )
    }
}
