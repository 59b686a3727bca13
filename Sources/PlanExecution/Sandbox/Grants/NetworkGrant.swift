/// One place on the network that a skill may connect to.
public enum NetworkGrant: Sendable, Hashable {
    /// A name or an address; `*.example.org` stands for every name below `example.org`. No port stands for every port.
    case host(String, port: Int?)
    /// Every public address, by whatever name.
    case publicNetwork
    /// Addresses of this machine.
    case loopback
    /// Addresses of private networks (RFC 1918, RFC 6598, RFC 4193).
    case privateNetworks
    /// Addresses that are valid on one link only (RFC 3927, RFC 4291).
    case linkLocal
    /// The host's network, unguarded.
    case any

    /// Reads `example.org`, `example.org:443`, `*.example.org`, `127.0.0.1:8000`, `[::1]:8000`, `public`,
    /// `loopback`, `private`, `link-local` or `any`.
    public init?(_ text: String) {
        let text = text.lowercased()
        switch text {
        case "any": self = .any
        case "public": self = .publicNetwork
        case "loopback": self = .loopback
        case "private": self = .privateNetworks
        case "link-local": self = .linkLocal
        default:
            guard let (host, port) = Self.split(text), Self.isHost(host) else { return nil }
            self = .host(host, port: port)
        }
    }

    /// Separates host and port; brackets around an IPv6 address are taken off.
    private static func split(_ text: String) -> (host: String, port: Int?)? {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].contains(":") == false {
            host = String(text[..<colon])
            port = text[text.index(after: colon)...]
        }
        guard let port else { return (host, nil) }
        guard let number = Int(port), (1...65535).contains(number) else { return nil }
        return (host, number)
    }

    private static func isHost(_ text: String) -> Bool {
        if NetworkAddress(text) != nil { return true }
        let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        return !name.isEmpty && name.utf8.count <= 253
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63
                    && label.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte >= 0x80
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    }
            }
    }
}

extension NetworkGrant: CustomStringConvertible {
    public var description: String {
        switch self {
        case .any: "any"
        case .publicNetwork: "public"
        case .loopback: "loopback"
        case .privateNetworks: "private"
        case .linkLocal: "link-local"
        case .host(let host, let port):
            (host.contains(":") && port != nil ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "")
        }
    }
}
