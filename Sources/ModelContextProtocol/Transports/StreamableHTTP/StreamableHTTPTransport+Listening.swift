import HTTPTransport

extension StreamableHTTPTransport {
    /// Listens to what a server of the legacy era says of its own accord, until the transport is closed.
    ///
    /// Not every server offers the stream (405). A stream that ends is opened again, after longer and longer pauses.
    func listen() async {
        var pause = Duration.seconds(1)
        while !Task.isCancelled, isListening {
            let clock = ContinuousClock()
            let start = clock.now
            do {
                guard try await listenOnce() else { return }
            } catch is CancellationError {
                return
            } catch {
                // Whether the server is gone is for the next request to find out.
            }
            pause = clock.now - start > .seconds(30) ? .seconds(1) : min(pause * 2, .seconds(60))
            try? await Task.sleep(for: pause)
        }
    }

    /// - Returns: false where the server offers no such stream.
    private func listenOnce() async throws -> Bool {
        var headers = try await headers(Delivery(version: sessionVersion))
        headers["Accept"] = "text/event-stream"
        let limits = HTTPLimits(idleTimeout: nil, totalTimeout: nil, maximumBodyBytes: Int.max)
        let response = try await send(HTTPRequest(.get, server.url, headers: headers, limits: limits))
        guard response.status.isSuccess, response.headers.mediaType == "text/event-stream" else { return false }
        var parser = ServerSentEventParser(limit: server.maximumMessageBytes)
        for try await piece in response.body {
            // Nobody waits for a response on this stream.
            for event in try parser.receive(piece) { _ = try take(event) }
        }
        return true
    }
}
