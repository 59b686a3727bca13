/// Sends requests to servers.
///
/// Contract: a call ends by an answer, by an `HTTPError`, or by `CancellationError` as soon as its task is cancelled, with
/// the transfer stopped; redirects are not followed; several calls may run at once.
package protocol HTTPClient: Sendable {
    /// Sends a request and returns as soon as the head of the answer is there.
    func stream(_ request: HTTPRequest) async throws -> HTTPStreamingResponse
}

extension HTTPClient {
    /// Sends a request and returns the whole answer.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await stream(request).collected()
    }

    /// Sends a request, follows redirects as `policy` allows, and returns the last answer's head with its body to come.
    package func stream(
        _ request: HTTPRequest,
        following policy: HTTPRedirectPolicy
    ) async throws -> HTTPStreamingResponse {
        var request = request
        var followed = 0
        while true {
            let response = try await stream(request)
            guard let next = try policy.next(after: request, response.head, followed: followed) else { return response }
            request = next
            followed += 1
        }
    }
}
