import CMicroHTTPD
import Glibc

// What libmicrohttpd calls, on its own thread. At file scope, because a closure formed elsewhere would be tied to where it
// was formed.

/// A request line has arrived.
func openExchange(_ server: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?) -> UnsafeMutableRawPointer? {
    guard let server, let target else { return nil }
    let core = Unmanaged<ServerCore>.fromOpaque(server).takeUnretainedValue()
    return Unmanaged.passRetained(core.open(target: String(validatingCString: target))).toOpaque()
}

/// A request is over, answered or not.
func endExchange(_ server: UnsafeMutableRawPointer?, _ exchange: UnsafeMutableRawPointer?) {
    guard let server, let exchange else { return }
    let core = Unmanaged<ServerCore>.fromOpaque(server).takeUnretainedValue()
    core.close(Unmanaged<ServerExchange>.fromOpaque(exchange).takeRetainedValue())
}

/// A connection was accepted, or is about to be closed.
func noteConnection(_ server: UnsafeMutableRawPointer?, _ socket: Int32, _ isOpen: Int32) {
    guard let server else { return }
    let watch = Unmanaged<ServerCore>.fromOpaque(server).takeUnretainedValue().watch
    if isOpen != 0 { watch.expectRequest(on: socket) } else { watch.forget(socket) }
}

/// Headers, a piece of the body, the end of it, or a connection that was taken up again; 0 closes the connection.
func receiveRequest(
    _ server: UnsafeMutableRawPointer?,
    _ connection: UnsafeMutableRawPointer?,
    _ method: UnsafePointer<CChar>?,
    _ bytes: UnsafePointer<UInt8>?,
    _ count: UnsafeMutablePointer<Int>?,
    _ exchange: UnsafeMutableRawPointer?
) -> Int32 {
    guard let server, let connection, let method, let count, let pointer = exchange else { return 0 }
    let core = Unmanaged<ServerCore>.fromOpaque(server).takeUnretainedValue()
    let exchange = Unmanaged<ServerExchange>.fromOpaque(pointer).takeUnretainedValue()
    let limit = core.options.maximumBodyBytes

    switch exchange.step() {
    case .abandon: return 0
    case .answer(let response): return queue(response, exchange, isHead: strcmp(method, "HEAD") == 0, connection)
    case .wait: break
    }
    if exchange.isFirstCall() {
        // What is wrong, or too much, is refused before the client sends the body.
        do throws(RequestHead.Refusal) {
            let head = try RequestHead(
                method: String(cString: method),
                target: exchange.target,
                headers: headers(of: connection),
                bodyLimit: limit
            )
            exchange.take(head)
            return 1
        } catch {
            return queue(refusal(error.status), exchange, isHead: false, connection)
        }
    }
    if count.pointee > 0 {
        let piece = UnsafeBufferPointer(start: bytes, count: count.pointee)
        count.pointee = 0
        guard let status = exchange.receive(piece, limit: limit) else { return 1 }
        skw_http_say_status(connection, UInt32(status.code))
        return 0
    }
    if let status = exchange.refusal { return queue(refusal(status), exchange, isHead: false, connection) }
    guard let method = HTTPMethod(rawValue: String(cString: method)), let head = exchange.head else {
        return queue(refusal(400), exchange, isHead: false, connection)
    }
    let request = HTTPServerRequest(
        method: method,
        target: head.target,
        headers: head.headers,
        body: exchange.takeBody(),
        peer: peer(of: connection)
    )
    core.answer(request, exchange, on: connection)
    return 1
}

/// More of a streamed body is wanted.
private func readStream(
    _ context: UnsafeMutableRawPointer?,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ capacity: Int
) -> Int {
    guard let context, let buffer else { return Int(skw_http_stream_failure) }
    let stream = Unmanaged<StreamContext>.fromOpaque(context).takeUnretainedValue()
    guard let connection = stream.connection.pointer else { return Int(skw_http_stream_failure) }
    switch stream.exchange.nextPiece(capacity, on: connection) {
    case .bytes(let bytes):
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: buffer, count: capacity).copyMemory(from: $0) }
        return bytes.count
    case .wait: return 0
    case .end: return Int(skw_http_stream_end)
    case .failure: return Int(skw_http_stream_failure)
    }
}

private func releaseStream(_ context: UnsafeMutableRawPointer?) {
    if let context { Unmanaged<StreamContext>.fromOpaque(context).release() }
}

/// A streamed answer and where it goes.
private final class StreamContext: Sendable {
    let exchange: ServerExchange
    let connection: ServerHandle

    init(_ exchange: ServerExchange, _ connection: UnsafeMutableRawPointer) {
        self.exchange = exchange
        self.connection = ServerHandle(connection)
    }
}

private func queue(
    _ response: HTTPServerResponse,
    _ exchange: ServerExchange,
    isHead: Bool,
    _ connection: UnsafeMutableRawPointer
) -> Int32 {
    let made: UnsafeMutableRawPointer?
    switch response.body {
    case .bytes(let bytes): made = bytes.withUnsafeBytes { skw_http_bytes_response($0.baseAddress, $0.count) }
    case .stream where isHead: made = skw_http_bytes_response(nil, 0)
    case .stream:
        let context = Unmanaged.passRetained(StreamContext(exchange, connection)).toOpaque()
        made = skw_http_stream_response(readStream, releaseStream, context)
    }
    guard let made else { return 0 }
    // A field that could end its line is left out: answers carry texts of strangers.
    for field in response.headers.fields where HTTPHeaders.isToken(field.name) && HTTPHeaders.isValue(field.value) {
        skw_http_add_header(made, field.name, field.value)
    }
    return skw_http_queue(connection, UInt32(response.status.code), made)
}

/// An answer of the server itself; the connection is closed, because what the client still sends is not read.
private func refusal(_ status: HTTPStatus) -> HTTPServerResponse {
    var headers: HTTPHeaders = ["Connection": "close"]
    if status == 503 { headers["Retry-After"] = "1" }
    return HTTPServerResponse(status, "text/plain; charset=utf-8", "\(status)\n", headers: headers)
}

private func peer(of connection: UnsafeMutableRawPointer) -> String {
    var text = [CChar](repeating: 0, count: 64)
    skw_http_peer(connection, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

private final class HeaderCollector {
    var headers = HTTPHeaders()
    var isSound = true
}

/// Nil where a name or a value holds a control character, which none may.
private func headers(of connection: UnsafeMutableRawPointer) -> HTTPHeaders? {
    let collector = HeaderCollector()
    skw_http_each_header(connection, collectHeader, Unmanaged.passUnretained(collector).toOpaque())
    return collector.isSound ? collector.headers : nil
}

private func collectHeader(
    _ context: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<CChar>?,
    _ nameCount: Int,
    _ value: UnsafePointer<CChar>?,
    _ valueCount: Int
) {
    guard let context, let name, let value else { return }
    let collector = Unmanaged<HeaderCollector>.fromOpaque(context).takeUnretainedValue()
    let field = HTTPHeaders.Field(text(name, nameCount), text(value, valueCount))
    guard HTTPHeaders.isToken(field.name), HTTPHeaders.isValue(field.value) else {
        collector.isSound = false
        return
    }
    collector.headers.add(field.name, field.value)
}

/// Bytes that are no UTF-8 are replaced: values may hold any (RFC 9110, 5.5), and none of ours does.
private func text(_ bytes: UnsafePointer<CChar>, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}
