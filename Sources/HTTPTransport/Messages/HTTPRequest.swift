/// What is sent to a server.
package struct HTTPRequest: Sendable, Hashable {
    package var method: HTTPMethod
    package var url: HTTPURL
    package var headers: HTTPHeaders
    /// Nil where there is none; an empty body is sent as one.
    package var body: [UInt8]?
    package var limits: HTTPLimits
    /// Looks at the address that was connected to before anything is sent; not where a proxy connects.
    package var addressCheck: HTTPAddressCheck?

    package init(
        _ method: HTTPMethod = .get,
        _ url: HTTPURL,
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil,
        limits: HTTPLimits = HTTPLimits(),
        addressCheck: HTTPAddressCheck? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.addressCheck = addressCheck
    }
}

extension HTTPRequest: CustomStringConvertible {
    /// One line without secrets.
    package var description: String {
        "\(method) \(url)" + (body.map { ", \($0.count) bytes" } ?? "")
    }
}

/// What one exchange may take before it is given up.
package struct HTTPLimits: Sendable, Hashable {
    /// Longest time to find the server and connect.
    package var connectTimeout: Duration
    /// Longest time in which nothing is received; nil waits as long as the whole exchange may take.
    package var idleTimeout: Duration?
    /// Longest time for the whole exchange, the body included; nil for one that goes on, such as a stream of events.
    package var totalTimeout: Duration?
    /// Most bytes of status line and headers.
    package var maximumHeaderBytes: Int
    /// Most bytes of the body, counted after it was decompressed.
    package var maximumBodyBytes: Int
    /// How many bytes may wait for a slow reader before the server has to wait.
    package var bufferedBodyBytes: Int

    package init(
        connectTimeout: Duration = .seconds(10),
        idleTimeout: Duration? = .seconds(60),
        totalTimeout: Duration? = .seconds(300),
        maximumHeaderBytes: Int = 64 << 10,
        maximumBodyBytes: Int = 16 << 20,
        bufferedBodyBytes: Int = 256 << 10
    ) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.totalTimeout = totalTimeout
        self.maximumHeaderBytes = max(0, maximumHeaderBytes)
        self.maximumBodyBytes = max(0, maximumBodyBytes)
        self.bufferedBodyBytes = max(1, bufferedBodyBytes)
    }
}
