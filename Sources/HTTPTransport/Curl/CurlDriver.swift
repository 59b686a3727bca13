import CCurl

/// All transfers of a client; belongs to one thread, the only one that touches libcurl.
final class CurlDriver {
    let multi: UnsafeMutableRawPointer
    private let options: HTTPClientOptions
    private let clock = ContinuousClock()
    private var transfers: [CurlLoop.TransferID: CurlTransfer] = [:]
    private var identifiers: [UnsafeMutableRawPointer: CurlLoop.TransferID] = [:]

    private static let isReady = curl_global_init(skw_curl_global_default) == CURLE_OK

    /// Nil when libcurl cannot be started, for want of memory.
    init?(options: HTTPClientOptions) {
        guard Self.isReady, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.options = options
        skw_curl_set_multi_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.connectionsPerHost)
    }

    deinit {
        for transfer in transfers.values { curl_multi_remove_handle(multi, transfer.easy) }
        transfers = [:]
        curl_multi_cleanup(multi)
    }

    var isIdle: Bool { transfers.isEmpty }

    func carryOut(_ order: CurlLoop.Order) {
        switch order {
        case .start(let id, let request, let exchange):
            do {
                let transfer = try CurlTransfer(request, exchange, options, now: clock.now)
                let code = curl_multi_add_handle(multi, transfer.easy)
                guard code == CURLM_OK else {
                    throw HTTPError(.internalFault, detail: String(cString: curl_multi_strerror(code)))
                }
                transfers[id] = transfer
                identifiers[transfer.easy] = id
            } catch {
                exchange.end(.failure(error))
            }
        case .resume(let id): transfers[id]?.resume(now: clock.now)
        case .cancel(let id): remove(id)?.end(.failure(CancellationError()))
        }
    }

    /// Does what can be done without waiting.
    func advance() {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let id = identifiers[easy]
            else { continue }
            let result = skw_curl_message_result(message)
            guard let transfer = transfers[id] else { continue }
            let outcome = transfer.outcome(of: result)
            remove(id)?.end(outcome)
        }
        let now = clock.now
        for (id, transfer) in transfers where transfer.isIdleTooLong(at: now) {
            remove(id)?.end(.failure(transfer.idleError))
        }
    }

    /// Waits until something happens on a connection, a time is over, or somebody wakes the thread.
    func sleep() {
        let now = clock.now
        let next = transfers.values.compactMap { $0.idleDeadline }.min()
        let milliseconds = next.map { max(0, (now.duration(to: $0)).wholeMilliseconds) } ?? 60_000
        // libcurl shortens this by its own timers.
        curl_multi_poll(multi, nil, 0, Int32(min(milliseconds, 60_000)), nil)
    }

    private func remove(_ id: CurlLoop.TransferID) -> Exchange? {
        guard let transfer = transfers.removeValue(forKey: id) else { return nil }
        identifiers[transfer.easy] = nil
        curl_multi_remove_handle(multi, transfer.easy)
        return transfer.exchange
    }
}

extension Duration {
    /// Rounded up, so that what is waited for has happened afterwards; at most what fits.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow else { return seconds < 0 ? Int.min : Int.max }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(clamping: whole.partialValue.addingReportingOverflow(part).partialValue)
    }
}
