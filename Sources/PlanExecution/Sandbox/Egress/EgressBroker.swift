import CSpawn
import Glibc
import Subprocesses
import Synchronization

/// Connects a confined program to the hosts it is granted, and to nothing else.
///
/// The program has no network of its own. It sends requests over a socket that was passed to it, each with one end of a
/// pair of sockets: the answer comes over the other end, and, for a connection, everything after it. Names are looked up
/// here, and what they lead to is checked here, so nothing that the program says later changes where it is connected to.
///
/// A request is `RESOLVE host port` or `CONNECT host port`; the answer a line: `OK`, with the addresses of a name, `NO code
/// message` for what is not granted, `ER number message` for what did not work.
final class EgressBroker: Sendable {
    private struct Contents {
        var sockets: Set<Int32> = []
        var connections = 0
        var isStopped = false
        /// Granted names by the addresses they led to.
        var names: [NetworkAddress: Set<String>] = [:]
    }

    static let maximumConnections = 64
    private static let maximumAddresses = 10_000

    private let policy: EgressPolicy
    private let contents = Mutex(Contents())

    private init(policy: EgressPolicy) { self.policy = policy }

    deinit { stop() }

    /// A broker that listens, and the socket to pass to the program.
    static func start(policy: EgressPolicy) throws(ToolFailure) -> (broker: EgressBroker, socket: PassedDescriptor) {
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else { throw failure(errno) }
        let broker = EgressBroker(policy: policy)
        let ours = pair[0]
        broker.contents.withLock { _ = $0.sockets.insert(ours) }
        let code = startThread { [weak broker] in EgressBroker.listen(ours) { broker } }
        guard code == 0 else {
            broker.close(ours)
            Glibc.close(pair[1])
            throw failure(code)
        }
        return (broker, PassedDescriptor(owning: pair[1]))
    }

    /// Ends all connections; their threads end soon after.
    func stop() {
        contents.withLock { contents in
            contents.isStopped = true
            for socket in contents.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    private static func failure(_ code: Int32) -> ToolFailure {
        ToolFailure(
            .permanent,
            code: "worker-failed",
            "the way to the network cannot be opened: \(String(cString: strerror(code)))"
        )
    }

    // MARK: - Requests

    /// Takes requests until the socket is shut down or its other end is gone.
    private static func listen(_ socket: Int32, _ broker: () -> EgressBroker?) {
        var buffer = [UInt8](repeating: 0, count: 1024)
        while true {
            var client: Int32 = -1
            let count = skw_receive_descriptor(socket, &buffer, UInt(buffer.count), &client)
            guard count > 0, let broker = broker() else {
                if client >= 0 { Glibc.close(client) }
                break
            }
            guard client >= 0 else { continue }
            broker.begin(EgressRequest(buffer[..<Int(count)]), client)
        }
        if let broker = broker() { broker.close(socket) } else { Glibc.close(socket) }
    }

    private func begin(_ request: EgressRequest?, _ client: Int32) {
        let hasRoom = contents.withLock { contents in
            guard !contents.isStopped, contents.connections < Self.maximumConnections else { return false }
            contents.connections += 1
            contents.sockets.insert(client)
            return true
        }
        guard hasRoom else {
            EgressSocket.say("ER \(EMFILE) more than \(Self.maximumConnections) connections at once", to: client)
            Glibc.close(client)
            return
        }
        let code = startThread { [self] in
            if let request { serve(request, client) }
            close(client)
            contents.withLock { $0.connections -= 1 }
        }
        if code != 0 {
            close(client)
            contents.withLock { $0.connections -= 1 }
        }
    }

    private func serve(_ request: EgressRequest, _ client: Int32) {
        do throws(EgressPolicy.Refusal) {
            let found = try addresses(request)
            guard !found.isEmpty else {
                EgressSocket.say("ER \(ENOENT) \(request.host) is not known", to: client)
                return
            }
            switch request.verb {
            case .resolve: EgressSocket.say("OK " + found.map(\.text).joined(separator: " "), to: client)
            case .connect: connect(to: found, request.port, client)
            }
        } catch {
            EgressSocket.say("NO \(error.code) \(error.message)", to: client)
        }
    }

    /// The addresses that a request may use. Throws when there are some, but none of them is granted.
    private func addresses(_ request: EgressRequest) throws(EgressPolicy.Refusal) -> [NetworkAddress] {
        let port = request.port == 0 ? nil : request.port
        if let address = NetworkAddress(request.host) {
            // Looking up an address says nothing; only connecting is checked.
            guard request.verb == .connect else { return [address] }
            let names = contents.withLock { $0.names[address] ?? [] }
            try policy.checkAddress(address, port: port, names: names)
            return [address]
        }
        try policy.checkName(request.host, port: port)
        let all = EgressSocket.lookUp(request.host)
        var allowed: [NetworkAddress] = []
        var refusal: EgressPolicy.Refusal?
        for address in all {
            do throws(EgressPolicy.Refusal) {
                try policy.checkAddress(address, port: port, names: [request.host])
                allowed.append(address)
            } catch {
                refusal = error
            }
        }
        if allowed.isEmpty, let refusal { throw refusal }
        contents.withLock { contents in
            if contents.names.count > Self.maximumAddresses { contents.names = [:] }
            for address in allowed { contents.names[address, default: []].insert(request.host) }
        }
        return allowed
    }

    private func connect(to addresses: [NetworkAddress], _ port: Int, _ client: Int32) {
        var code = ECONNREFUSED
        for address in addresses {
            guard let server = EgressSocket.open(address) else { continue }
            let isOpen = contents.withLock { contents in
                if !contents.isStopped { contents.sockets.insert(server) }
                return !contents.isStopped
            }
            guard isOpen else {
                Glibc.close(server)
                return
            }
            defer { close(server) }
            code = EgressSocket.connect(server, to: address, port: port)
            guard code == 0 else { continue }
            EgressSocket.say("OK", to: client)
            EgressRelay.run(client, server)
            return
        }
        EgressSocket.say("ER \(code) \(String(cString: strerror(code)))", to: client)
    }

    /// Gives a descriptor back, so that `stop` cannot meet another that gets its number.
    private func close(_ socket: Int32) {
        contents.withLock { contents in
            contents.sockets.remove(socket)
            Glibc.close(socket)
        }
    }
}

/// What a program asks of the broker.
struct EgressRequest {
    enum Verb: String { case resolve = "RESOLVE", connect = "CONNECT" }

    var verb: Verb
    /// In lower case, without a dot at its end.
    var host: String
    var port: Int

    init?(_ bytes: ArraySlice<UInt8>) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let verb = Verb(rawValue: String(words[0])), let port = Int(words[2]),
            (0...65535).contains(port), words[1].utf8.count <= 255, !words[1].utf8.contains(0)
        else { return nil }
        let host = words[1].lowercased()
        self.verb = verb
        self.host = host.hasSuffix(".") ? String(host.dropLast()) : host
        self.port = port
        if self.host.isEmpty { return nil }
    }
}
