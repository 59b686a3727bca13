import HTTPTransport
import JSONSchema

/// Asks an endpoint of an authorization server something, and reads what it answers.
struct AuthorizationExchange: Sendable {
    let client: any HTTPClient
    let rule: AddressRule

    /// Largest answer that is read.
    static let maximumAnswerBytes = 256 << 10

    /// The server says no: its code, such as `invalid_grant`.
    struct Refusal: Error, Sendable, Hashable {
        var code: String
        var error: AuthorizationError
    }

    /// - Parameters:
    ///   - secrets: hidden in whatever is shown of the answer.
    ///   - refusal: the kind of error a refusal is.
    /// - Throws: `AuthorizationError`, `ConnectionError.network` or `CancellationError`.
    func post(
        _ endpoint: HTTPURL,
        _ mediaType: String,
        _ body: String,
        authorization: String? = nil,
        hiding secrets: [Secret] = [],
        refusal: AuthorizationError.Kind
    ) async throws -> JSONValue {
        do {
            let answer = try await send(endpoint, mediaType, body, authorization, secrets, refusal)
            do { return try JSONParser.parse(utf8: answer.body) } catch {
                throw AuthorizationError(.malformedDocument, "\(endpoint)", "the answer is no JSON")
            }
        } catch let refused as Refusal {
            throw refused.error
        }
    }

    /// - Throws: `Refusal` where the server says no, beside what `post` throws.
    func send(
        _ endpoint: HTTPURL,
        _ mediaType: String,
        _ body: String,
        _ authorization: String?,
        _ secrets: [Secret],
        _ refusal: AuthorizationError.Kind
    ) async throws -> HTTPResponse {
        try rule.check(endpoint, as: "the endpoint")
        var headers: HTTPHeaders = ["Accept": "application/json", "Content-Type": mediaType]
        if let authorization { headers["Authorization"] = authorization }
        let limits = HTTPLimits(
            idleTimeout: .seconds(30),
            totalTimeout: .seconds(30),
            maximumBodyBytes: Self.maximumAnswerBytes
        )
        let request = HTTPRequest(
            .post,
            endpoint,
            headers: headers,
            body: Array(body.utf8),
            limits: limits,
            addressCheck: rule.addressCheck
        )
        let answer: HTTPResponse
        do { answer = try await client.send(request) } catch let error as HTTPError {
            switch error.kind {
            case .bodyTooLarge: throw AuthorizationError(.malformedDocument, "\(endpoint)", "the answer is too large")
            case .addressRefused: throw AuthorizationError(.addressRefused, "\(endpoint)", "\(error)")
            default: throw ConnectionError.network(error)
            }
        }
        guard !answer.status.isSuccess else { return answer }
        // Passing on what a redirect asks for would show secrets to somebody else.
        let json = try? JSONParser.parse(utf8: answer.body)
        let code = json?["error"]?.stringValue ?? ""
        let said = [code, json?["error_description"]?.stringValue ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        let shown = secrets.reduce("\(answer.status)" + (said.isEmpty ? "" : ", \(said)")) { $1.hidden(in: $0) }
        throw Refusal(code: code, error: AuthorizationError(refusal, endpoint.origin, shown))
    }
}
