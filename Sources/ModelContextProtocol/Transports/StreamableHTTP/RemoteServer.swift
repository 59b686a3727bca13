package import HTTPTransport

/// A server that is reached over HTTP, and what one exchange with it may take.
package struct RemoteServer: Sendable, Hashable {
    package var url: HTTPURL
    /// Sent with every request: keys the user gives, never logged.
    package var headers: HTTPHeaders
    /// Most bytes of one message it sends.
    package var maximumMessageBytes: Int
    /// How long it may take to answer the first question.
    package var startTimeout: Duration

    package init(
        url: HTTPURL,
        headers: HTTPHeaders = [:],
        maximumMessageBytes: Int = 16 << 20,
        startTimeout: Duration = .seconds(30)
    ) {
        self.url = url
        self.headers = headers
        self.maximumMessageBytes = maximumMessageBytes
        self.startTimeout = startTimeout
    }
}

/// Gives requests to a server the token they need.
///
/// Contract: a token is only given for the server it was issued for; `renew` is asked once per refused request; both end
/// by an answer, a `ConnectionError` or `CancellationError`.
package protocol RequestAuthorizer: Sendable {
    /// The value of `Authorization` for a request; nil sends none.
    func authorization() async throws -> String?

    /// The server refused the request: gets another token, or says that there is none by returning false.
    ///
    /// - Parameter refused: the value of `Authorization` the request had.
    func renew(after challenge: AuthorizationChallenge, refused: String?) async throws -> Bool

    /// What a person can do when the server goes on refusing, as a clause.
    var remedy: String? { get }
}
