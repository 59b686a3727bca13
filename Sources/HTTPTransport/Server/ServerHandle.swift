/// A pointer of libmicrohttpd's, to a server or a connection, whose functions may be called from any thread.
struct ServerHandle: Sendable {
    // Kept as a number: what it points to is never touched, only handed back.
    private let address: UInt

    init(_ pointer: UnsafeMutableRawPointer) { address = UInt(bitPattern: pointer) }

    var pointer: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: address) }
}
