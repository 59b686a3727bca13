import CCurl

/// Sets a handle up and remembers the first setting libcurl refuses.
struct CurlSettings {
    private let easy: UnsafeMutableRawPointer
    private let place: String
    private(set) var error: HTTPError?

    init(_ easy: UnsafeMutableRawPointer, place: String) {
        self.easy = easy
        self.place = place
    }

    /// What holds for every request.
    mutating func apply(_ options: HTTPClientOptions, to url: HTTPURL) {
        // Signals belong to the program; name look-ups that hang must not hold up the thread when they are cancelled.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_NETRC, 0)
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_HTTP_VERSION, skw_curl_http_2_over_tls)
        set(CURLOPT_USERAGENT, options.userAgent)
        // No br or zstd: a few bytes of them can stand for gigabytes.
        set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")

        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, skw_curl_tls_1_2)
        if let file = options.trust.file { set(CURLOPT_CAINFO, file) }
        if let folder = options.trust.folder { set(CURLOPT_CAPATH, folder) }

        // An empty text keeps libcurl from looking at the environment itself.
        let proxy = options.proxy.proxy(for: url)
        set(CURLOPT_PROXY, proxy?.wireText ?? "")
        set(CURLOPT_NOPROXY, options.proxy.exceptions.joined(separator: ","))
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if proxy?.scheme == .https {
            if let file = options.trust.file { set(CURLOPT_PROXY_CAINFO, file) }
            if let folder = options.trust.folder { set(CURLOPT_PROXY_CAPATH, folder) }
        }
    }

    /// What is asked, and within which limits.
    mutating func apply(_ request: HTTPRequest) {
        set(CURLOPT_URL, request.url.wireText)
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.limits.connectTimeout.wholeMilliseconds))
        if let timeout = request.limits.totalTimeout { set(CURLOPT_TIMEOUT_MS, max(1, timeout.wholeMilliseconds)) }
        if request.method == .head { set(CURLOPT_NOBODY, 1) }
        if let body = request.body {
            set(size: CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            var code = CURLE_OK
            body.withUnsafeBytes { bytes in
                var empty: UInt8 = 0
                // The bytes are copied; an empty body is one all the same.
                code = withUnsafeMutablePointer(to: &empty) { place in
                    let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? UnsafeMutableRawPointer(place)
                    return skw_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
                }
            }
            check(code)
        }
        if request.method != .get || request.body != nil { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        if request.method == .head { set(CURLOPT_NOBODY, 1) }
    }

    /// - Returns: the list libcurl reads from until the transfer is over; to be freed by the caller.
    mutating func setHeaders(of request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        // Bodies are not announced and waited with, and have the type the caller says.
        var lines = ["Expect:"]
        if request.body != nil && request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for field in request.headers.fields {
            // libcurl leaves a header without a value out, unless its name ends with a semicolon.
            let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines.append(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                check(CURLE_OUT_OF_MEMORY)
                break
            }
            list = longer
        }
        check(skw_curl_set_list(easy, CURLOPT_HTTPHEADER, list))
        // The proxy gets none of the headers that are for the server.
        set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        return list
    }

    /// Where received bytes go.
    mutating func setReceivers(context: UnsafeMutableRawPointer, errorText: UnsafeMutablePointer<CChar>) {
        check(skw_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveCurlHeader))
        check(skw_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveCurlBody))
        check(skw_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        check(skw_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        check(skw_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText)))
    }

    /// What looks at the address that was connected to.
    mutating func setAddressCheck(context: UnsafeMutableRawPointer) {
        check(skw_curl_set_prerequest(easy, checkCurlAddress))
        check(skw_curl_set_pointer(easy, CURLOPT_PREREQDATA, context))
    }

    private mutating func set(_ option: CURLoption, _ value: Int) { check(skw_curl_set_long(easy, option, value)) }
    private mutating func set(_ option: CURLoption, _ value: String) { check(skw_curl_set_text(easy, option, value)) }
    private mutating func set(size option: CURLoption, _ value: curl_off_t) {
        check(skw_curl_set_size(easy, option, value))
    }

    private mutating func check(_ code: CURLcode) {
        guard code != CURLE_OK, error == nil else { return }
        error = HTTPError(.internalFault, place: place, detail: String(cString: curl_easy_strerror(code)))
    }
}
