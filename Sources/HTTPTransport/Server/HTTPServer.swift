import CMicroHTTPD
import Dispatch
import Glibc
import Synchronization

/// Answers requests over HTTP/1.1: takes each in whole, hands it to a handler, and sends what that returns.
///
/// Reading and writing happen on one thread of libmicrohttpd, answering in tasks of the pool. What the network may do wrong
/// is answered here: headers that are too large (431), bodies that are (413), what is ambiguous or no request (400); a
/// connection that is silent, or takes too long to send a body, is closed. A handler's task is cancelled as soon as its client goes away.
package final class HTTPServer: Sendable {
    package typealias Handler = @Sendable (HTTPServerRequest) async -> HTTPServerResponse

    /// Where it listens.
    package let port: Int
    private let core: ServerCore
    /// The running server.
    private let daemon: ServerHandle

    /// Starts to listen; requests are answered from now on.
    ///
    /// - Throws: `HTTPServerError`, for example where another program listens there.
    package init(_ options: HTTPServerOptions = HTTPServerOptions(), handler: @escaping Handler) throws(HTTPServerError)
    {
        skw_http_allow_descriptors(options.maximumConnections + 1_024)
        let socket = try ListeningSocket(host: options.host, port: options.port)
        port = socket.port
        let place = "\(options.host):\(options.port)"
        // A connection that is silent is closed after the timeout; one that only ever begins a request, after two.
        guard let watch = ConnectionWatch(patience: options.receiveTimeout * 2) else {
            throw HTTPServerError(.failed, place: place, reason: "no descriptors are left")
        }
        watch.start()
        core = ServerCore(options: options, watch: watch, handler: handler)
        let limits = skw_http_limits(
            connections: UInt32(clamping: options.maximumConnections),
            connections_per_address: UInt32(clamping: options.maximumConnectionsPerAddress),
            idle_timeout: UInt32(clamping: max(1, options.receiveTimeout.components.seconds)),
            connection_memory: options.maximumHeaderBytes
        )
        // The core lives as long as the daemon, which `stop` ends before it lets go of the core.
        let context = Unmanaged.passRetained(core).toOpaque()
        let handle = skw_http_start(
            socket.release(),
            limits,
            context,
            openExchange,
            receiveRequest,
            endExchange,
            noteConnection
        )
        guard let handle else {
            Unmanaged<ServerCore>.fromOpaque(context).release()
            watch.stop()
            throw HTTPServerError(.failed, place: place, reason: "the server cannot start")
        }
        daemon = ServerHandle(handle)
    }

    /// Stops to accept connections, lets requests that are being answered end, and closes.
    ///
    /// - Parameter grace: how long requests may still take; then they are cancelled.
    package func stop(grace: Duration = .seconds(10)) async {
        guard core.beginStopping() else { return }
        let socket = skw_http_quiesce(daemon.pointer)
        if socket >= 0 { close(socket) }
        await core.drain(for: grace)
        core.abandonAll()
        await withCheckedContinuation { continuation in
            // Waits for the server's thread, which must not happen on the pool.
            DispatchQueue.global().async { [daemon, core] in
                skw_http_stop(daemon.pointer)
                core.watch.stop()
                Unmanaged.passUnretained(core).release()
                continuation.resume()
            }
        }
    }
}
