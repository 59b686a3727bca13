import Glibc

/// An IPv4 or IPv6 address, and whose it is.
struct NetworkAddress: Sendable, Hashable {
    /// Who can be reached by an address.
    enum Reach: Sendable, Hashable {
        case everyone, loopback, privateNetwork, linkLocal
        /// No single machine: unspecified, multicast, reserved.
        case nobody
    }

    /// Four bytes or sixteen; an IPv4 address inside an IPv6 one is taken out of it.
    let bytes: [UInt8]

    /// Reads the usual notation; nil where the text is no address.
    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(four: withUnsafeBytes(of: four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(sixteen: withUnsafeBytes(of: six) { Array($0) })
        } else {
            return nil
        }
    }

    init(sixteen bytes: [UInt8]) {
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        self.bytes = isMapped ? Array(bytes[12...]) : bytes
    }

    init(four bytes: [UInt8]) { self.bytes = bytes }

    var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    var reach: Reach { bytes.count == 4 ? Self.reach(four: bytes) : Self.reach(sixteen: bytes) }

    private static func reach(four: [UInt8]) -> Reach {
        switch (four[0], four[1]) {
        case (127, _): .loopback
        case (10, _), (172, 16...31), (192, 168), (100, 64...127): .privateNetwork
        case (169, 254): .linkLocal
        case (0, _), (224..., _): .nobody
        default: .everyone
        }
    }

    private static func reach(sixteen: [UInt8]) -> Reach {
        if sixteen[..<15].allSatisfy({ $0 == 0 }) { return sixteen[15] == 1 ? .loopback : .nobody }
        // Ways to write an IPv4 address: compatible, NAT64 (RFC 6052) and 6to4 (RFC 3056).
        if sixteen[..<12].allSatisfy({ $0 == 0 }) { return reach(four: Array(sixteen[12...])) }
        if sixteen.starts(with: [0, 0x64, 0xFF, 0x9B]) { return reach(four: Array(sixteen[12...])) }
        if sixteen.starts(with: [0x20, 0x02]) { return reach(four: Array(sixteen[2..<6])) }
        switch (sixteen[0], sixteen[1]) {
        case (0xFE, 0x80...0xBF): return .linkLocal
        case (0xFC...0xFD, _), (0xFE, 0xC0...): return .privateNetwork
        case (0xFF, _): return .nobody
        default: return .everyone
        }
    }
}
