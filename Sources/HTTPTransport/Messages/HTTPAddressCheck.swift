/// Decides whether a request may be sent to the address that its server's name has led to.
///
/// Asked for every request, also when a connection is used again, so that a name which changes its address in between
/// cannot get around it. Two checks are equal when they are the same one.
package final class HTTPAddressCheck: Sendable, Hashable {
    private let refusal: @Sendable (_ address: String, _ port: Int) -> String?

    /// - Parameter refusal: why that IPv4 or IPv6 address is refused; nil where it is not. Called on the client's thread.
    package init(_ refusal: @escaping @Sendable (_ address: String, _ port: Int) -> String?) { self.refusal = refusal }

    func callAsFunction(_ address: String, _ port: Int) -> String? { refusal(address, port) }

    package static func == (left: HTTPAddressCheck, right: HTTPAddressCheck) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
