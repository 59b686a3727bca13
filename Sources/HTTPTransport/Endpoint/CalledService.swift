/// What a caller has to know of the service it calls: how its failures are to be understood.
package protocol CalledService: Sendable {
    associatedtype Failure: CallFailure

    /// No answer at all, or half of one.
    func failure(_ error: HTTPError) -> Failure

    /// An answer whose status is none of success.
    ///
    /// - Parameter now: seconds since 1970, for dates in the answer.
    func failure(_ response: HTTPResponse, now: Int) -> Failure

    /// The service kept failing and is left alone for a while.
    func suspension(retryAfter: Duration?) -> Failure
}

/// An attempt that brought no answer of use, and what follows from that.
package protocol CallFailure: Error {
    /// The same attempt may succeed later.
    var isTransient: Bool { get }
    /// It speaks against the server, or the way to it; a wrong request does not.
    var countsAgainstServer: Bool { get }
    /// How long the server asks to wait.
    var retryAfter: Duration? { get }
}
