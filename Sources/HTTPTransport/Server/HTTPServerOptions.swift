/// Where a server listens, and what it lets one client take.
package struct HTTPServerOptions: Sendable, Hashable {
    /// Name or address of the interface; only this machine can reach `127.0.0.1`.
    package var host: String
    /// 0 for one that is free.
    package var port: Int
    /// Connections at a time; more wait to be accepted.
    package var maximumConnections: Int
    package var maximumConnectionsPerAddress: Int
    /// Bytes of request line and headers.
    package var maximumHeaderBytes: Int
    /// Bytes of a request's body.
    package var maximumBodyBytes: Int
    /// Bytes of the bodies of all requests that are open; what comes beyond is answered with 503.
    package var bodyMemoryBytes: Int
    /// How long a connection may be silent, and a request may take to arrive.
    package var receiveTimeout: Duration
    /// How many bytes of a streamed answer wait for a slow reader before its source has to wait.
    package var bufferedBodyBytes: Int

    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        maximumConnections: Int = 4_096,
        maximumConnectionsPerAddress: Int = 2_048,
        maximumHeaderBytes: Int = 32 << 10,
        maximumBodyBytes: Int = 8 << 20,
        bodyMemoryBytes: Int = 256 << 20,
        receiveTimeout: Duration = .seconds(30),
        bufferedBodyBytes: Int = 64 << 10
    ) {
        self.host = host
        self.port = port
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerAddress = maximumConnectionsPerAddress
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
        self.bodyMemoryBytes = bodyMemoryBytes
        self.receiveTimeout = receiveTimeout
        self.bufferedBodyBytes = bufferedBodyBytes
    }
}
