/// Where a request may be led by a server's answer.
///
/// Only http and https are ever followed, never from https to http. Credentials and cookies stay with the server they
/// were meant for (RFC 9110, 15.4).
package struct HTTPRedirectPolicy: Sendable, Hashable {
    /// Most redirects for one request.
    package var maximumCount: Int
    /// Other servers may be led to.
    package var crossesOrigins: Bool

    package init(maximumCount: Int = 5, crossesOrigins: Bool = true) {
        self.maximumCount = maximumCount
        self.crossesOrigins = crossesOrigins
    }

    /// The request to send next; nil where the answer leads nowhere.
    func next(
        after request: HTTPRequest,
        _ response: HTTPResponseHead,
        followed: Int
    ) throws(HTTPError) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status.code),
            let location = response.headers["Location"]
        else { return nil }
        let place = request.url.origin
        guard followed < maximumCount else {
            throw HTTPError(.redirectRefused, place: place, detail: "more than \(maximumCount) in a row")
        }
        let target: HTTPURL
        do {
            target = try HTTPURL(location, relativeTo: request.url)
        } catch {
            throw HTTPError(.redirectRefused, place: place, detail: error.detail)
        }
        guard request.url.scheme == .http || target.scheme == .https else {
            throw HTTPError(.redirectRefused, place: place, detail: "from https to http at \(target.origin)")
        }
        let staysHome = target.hasOrigin(of: request.url)
        guard staysHome || crossesOrigins else {
            throw HTTPError(.redirectRefused, place: place, detail: "another server: \(target.origin)")
        }
        var next = request
        next.url = target
        if !staysHome {
            for field in request.headers.fields where Redaction.hidesHeader(field.name) {
                next.headers[field.name] = nil
            }
        }
        let becomesGet =
            response.status == 303
            ? request.method != .head : request.method == .post && [301, 302].contains(response.status.code)
        if becomesGet {
            next.method = .get
            next.body = nil
            next.headers["Content-Type"] = nil
        }
        return next
    }
}
