import Glibc

/// Why a server does not listen.
package struct HTTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The name of the interface means no address.
        case unknownHost
        /// Something else listens there.
        case addressInUse
        /// The port, or the address, is not this program's to use.
        case notAllowed
        case failed
    }

    package let kind: Kind
    package let place: String
    package let reason: String

    package var description: String {
        switch kind {
        case .unknownHost: "cannot listen on \(place): \(reason); check the host"
        case .addressInUse: "cannot listen on \(place): another program does; choose another port"
        case .notAllowed:
            "cannot listen on \(place): \(reason); choose a port above 1023 and an address of this machine"
        case .failed: "cannot listen on \(place): \(reason)"
        }
    }

    init(errorNumber: Int32, place: String) {
        kind =
            switch errorNumber {
            case EADDRINUSE: .addressInUse
            case EACCES, EADDRNOTAVAIL: .notAllowed
            default: .failed
            }
        self.place = place
        reason = String(cString: strerror(errorNumber))
    }

    init(_ kind: Kind, place: String, reason: String) {
        self.kind = kind
        self.place = place
        self.reason = reason
    }
}
