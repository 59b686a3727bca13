import CCurl

/// One request on its way; belongs to the thread of its `CurlDriver`.
final class CurlTransfer {
    let easy: UnsafeMutableRawPointer
    let exchange: Exchange
    private let request: HTTPRequest
    private var head: HeadParser
    private var bodyBytes = 0
    private var lastActivity: ContinuousClock.Instant
    private var isPaused = false
    private var uploadedBytes: curl_off_t = 0
    /// Why a callback made libcurl give up.
    private var abortion: HTTPError?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    init(
        _ request: HTTPRequest,
        _ exchange: Exchange,
        _ options: HTTPClientOptions,
        now: ContinuousClock.Instant
    ) throws(HTTPError) {
        guard let easy = curl_easy_init() else {
            throw HTTPError(.internalFault, place: request.url.origin, detail: "no memory for a transfer")
        }
        self.easy = easy
        self.request = request
        self.exchange = exchange
        head = HeadParser(limit: request.limits.maximumHeaderBytes)
        lastActivity = now
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        var settings = CurlSettings(easy, place: request.url.origin)
        settings.apply(options, to: request.url)
        settings.apply(request)
        headerList = settings.setHeaders(of: request)
        settings.setReceivers(context: Unmanaged.passUnretained(self).toOpaque(), errorText: errorText)
        if request.addressCheck != nil, options.proxy.proxy(for: request.url) == nil {
            settings.setAddressCheck(context: Unmanaged.passUnretained(self).toOpaque())
        }
        if let error = settings.error { throw error }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Whether the request may be sent to that address.
    fileprivate func mayConnect(to address: String, port: Int) -> Bool {
        guard let refusal = request.addressCheck?(address, port) else { return true }
        abortion = error(.addressRefused, refusal)
        return false
    }

    // MARK: - What libcurl receives

    fileprivate func receive(headerLine line: UnsafeRawBufferPointer) -> Int {
        lastActivity = .now
        switch head.receive(line) {
        case .more: return line.count
        case .complete(let head):
            exchange.receive(head: head)
            return line.count
        case .tooLarge:
            abortion = error(.headersTooLarge, "more than \(request.limits.maximumHeaderBytes) bytes")
            return 0
        }
    }

    fileprivate func receive(body piece: UnsafeRawBufferPointer) -> Int {
        lastActivity = .now
        guard piece.count <= request.limits.maximumBodyBytes - bodyBytes else {
            abortion = error(.bodyTooLarge, "more than \(request.limits.maximumBodyBytes) bytes")
            return 0
        }
        guard piece.isEmpty || exchange.receive(body: piece) else {
            isPaused = true
            return skw_curl_write_pause
        }
        bodyBytes += piece.count
        return piece.count
    }

    /// The reader has room again; libcurl may hand pieces over before this returns.
    func resume(now: ContinuousClock.Instant) {
        isPaused = false
        lastActivity = now
        curl_easy_pause(easy, skw_curl_resume_all)
    }

    // MARK: - Time

    /// When the exchange will have been idle for too long; nil while the reader, not the server, is waited for.
    var idleDeadline: ContinuousClock.Instant? {
        guard !isPaused, let timeout = request.limits.idleTimeout else { return nil }
        return lastActivity + timeout
    }

    func isIdleTooLong(at now: ContinuousClock.Instant) -> Bool {
        guard let deadline = idleDeadline, now >= deadline else { return false }
        // A large request may still be on its way.
        var sent: curl_off_t = 0
        skw_curl_get_size(easy, CURLINFO_SIZE_UPLOAD_T, &sent)
        guard sent == uploadedBytes else {
            uploadedBytes = sent
            lastActivity = now
            return false
        }
        return true
    }

    var idleError: HTTPError {
        error(.idleTimedOut, request.limits.idleTimeout.map { "nothing for \($0)" } ?? "")
    }

    // MARK: - The end

    /// How a transfer that libcurl is done with has ended.
    func outcome(of code: CURLcode) -> Result<Void, any Error> {
        if let abortion { return .failure(abortion) }
        guard code != CURLE_OK else { return .success(()) }
        let said = String(cString: errorText)
        let detail = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
        var connected: curl_off_t = 0
        skw_curl_get_size(easy, CURLINFO_PRETRANSFER_TIME_T, &connected)
        let kind = HTTPError.Kind(code, wasConnected: connected > 0)
        switch kind {
        case .bodyTooLarge:
            return .failure(error(kind, "more than \(request.limits.maximumBodyBytes) bytes"))
        default:
            // What libcurl says may quote the server.
            return .failure(error(kind, String(detail.prefix(200)).filter { !$0.isNewline }))
        }
    }

    private func error(_ kind: HTTPError.Kind, _ detail: String) -> HTTPError {
        HTTPError(kind, place: request.url.origin, detail: detail)
    }
}

/// Looks at the address of a connection; `context` is the transfer.
func checkCurlAddress(
    _ context: UnsafeMutableRawPointer?,
    _ address: UnsafeMutablePointer<CChar>?,
    _ localAddress: UnsafeMutablePointer<CChar>?,
    _ port: Int32,
    _ localPort: Int32
) -> Int32 {
    guard let context, let address else { return skw_curl_prerequest_abort }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.mayConnect(to: String(cString: address), port: Int(port))
        ? skw_curl_prerequest_ok : skw_curl_prerequest_abort
}

/// Takes a line of the head; `context` is the transfer, which outlives its handle's work.
func receiveCurlHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.receive(headerLine: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

/// Takes a piece of the body.
func receiveCurlBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}
