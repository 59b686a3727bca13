package import HTTPTransport

extension [NetworkGrant] {
    /// Holds a request of this process to the grants of a skill, as the broker holds the skill's programs to them.
    ///
    /// The name is looked at now, the address it leads to when the connection is up.
    /// - Returns: nil where everything is granted.
    /// - Throws: a failure of kind `policy`, which names the grant that is missing.
    package func addressCheck(for url: HTTPURL) throws(ToolFailure) -> HTTPAddressCheck? {
        guard !contains(.any) else { return nil }
        let policy = EgressPolicy(grants: self)
        let host = url.host.hasPrefix("[") ? String(url.host.dropFirst().dropLast()) : url.host
        let port = url.port
        do throws(EgressPolicy.Refusal) {
            if let address = NetworkAddress(host) {
                try policy.checkAddress(address, port: port, names: [])
            } else {
                try policy.checkName(host, port: port)
            }
        } catch {
            throw ToolFailure(.policy, code: error.code, error.message)
        }
        return HTTPAddressCheck { text, port in
            guard let address = NetworkAddress(text) else { return "\(text) is no address" }
            do throws(EgressPolicy.Refusal) {
                try policy.checkAddress(address, port: port, names: [host])
                return nil
            } catch {
                return error.message
            }
        }
    }
}
