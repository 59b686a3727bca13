/// An HTTP client over libcurl.
///
/// All its transfers run on one thread of its own, which sleeps while there is nothing to do and ends with the client.
/// Connections are kept and used again.
package final class CurlHTTPClient: HTTPClient {
    private let loop: CurlLoop

    package init(options: HTTPClientOptions = HTTPClientOptions()) {
        loop = CurlLoop(options: options)
    }

    deinit { loop.stop() }

    package func stream(_ request: HTTPRequest) async throws -> HTTPStreamingResponse {
        if let fault = request.headers.fault {
            throw HTTPError(.invalidRequest, place: request.url.origin, detail: fault)
        }
        try Task.checkCancellation()
        let reader = TransferReader(loop.start(request), in: loop)
        let head = try await withTaskCancellationHandler {
            try await reader.exchange.head()
        } onCancel: {
            reader.cancel()
        }
        return HTTPStreamingResponse(head, body: HTTPBody { try await reader.next() })
    }
}

/// The reading end of a transfer; when nobody holds it any more the transfer ends.
private final class TransferReader: Sendable {
    let exchange: Exchange
    private let id: CurlLoop.TransferID
    private let loop: CurlLoop

    init(_ transfer: (id: CurlLoop.TransferID, exchange: Exchange), in loop: CurlLoop) {
        id = transfer.id
        exchange = transfer.exchange
        self.loop = loop
    }

    deinit { loop.cancel(id) }

    func next() async throws -> [UInt8]? {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await exchange.nextPiece { loop.resume(id) }
        } onCancel: {
            cancel()
        }
    }

    func cancel() {
        exchange.cancel()
        loop.cancel(id)
    }
}
