import Glibc

/// The few calls on sockets that the broker makes; all of them may block, on threads of its own.
enum EgressSocket {
    private static let connectMilliseconds: Int32 = 15_000

    /// Sends a line; who does not read it any more is not waited for.
    static func say(_ line: String, to socket: Int32) {
        let text = line.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
        let bytes = Array(text.utf8)
        _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What a name leads to, in the order to be tried.
    static func lookUp(_ name: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [NetworkAddress] = []
        var next = list
        while let entry = next?.pointee {
            if let address = address(entry), !found.contains(address) { found.append(address) }
            next = entry.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> NetworkAddress? {
        guard let place = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET:
            let address = place.loadUnaligned(as: sockaddr_in.self).sin_addr
            return NetworkAddress(four: withUnsafeBytes(of: address) { Array($0) })
        case AF_INET6:
            let address = place.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return NetworkAddress(sixteen: withUnsafeBytes(of: address) { Array($0) })
        default: return nil
        }
    }

    /// A socket that does not block; nil where none can be had.
    static func open(_ address: NetworkAddress) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.bytes.count == 4 ? AF_INET : AF_INET6, kind, 0)
        return descriptor >= 0 ? descriptor : nil
    }

    /// - Returns: 0, or the error code.
    static func connect(_ socket: Int32, to address: NetworkAddress, port: Int) -> Int32 {
        if start(socket, address, in_port_t(port).bigEndian) == 0 { return 0 }
        guard errno == EINPROGRESS else { return errno }
        var watched = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        var count = poll(&watched, 1, connectMilliseconds)
        while count < 0 && errno == EINTR { count = poll(&watched, 1, connectMilliseconds) }
        guard count > 0 else { return ETIMEDOUT }
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }

    private static func start(_ socket: Int32, _ address: NetworkAddress, _ port: in_port_t) -> Int32 {
        func call<Address>(_ value: Address) -> Int32 {
            withUnsafePointer(to: value) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }
        if address.bytes.count == 4 {
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_port = port
            withUnsafeMutableBytes(of: &place.sin_addr) { $0.copyBytes(from: address.bytes) }
            return call(place)
        }
        var place = sockaddr_in6()
        place.sin6_family = sa_family_t(AF_INET6)
        place.sin6_port = port
        withUnsafeMutableBytes(of: &place.sin6_addr) { $0.copyBytes(from: address.bytes) }
        return call(place)
    }
}
